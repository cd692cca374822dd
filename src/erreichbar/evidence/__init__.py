"""What do the office, the committee and the public see of figures and lab?"""
