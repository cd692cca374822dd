"""What comes in from outside, and how does it become ours?"""
