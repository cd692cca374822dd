"""What do agents, case workers, duty officers and team leaders see and do?"""
