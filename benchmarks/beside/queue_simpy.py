"""M/M/80+M in SimPy, as its manual would write it. Prints calls a second of processor time."""

import random
import sys
import time

import simpy


def caller(environment, agents, chance):
    with agents.request() as turn:
        patience = environment.timeout(chance.expovariate(1 / 180))
        got = yield turn | patience
        if turn in got:
            yield environment.timeout(chance.expovariate(1 / 240))


def source(environment, agents, chance, calls):
    for _ in range(calls):
        yield environment.timeout(chance.expovariate(1 / 3))
        environment.process(caller(environment, agents, chance))


def main():
    calls, chance = int(sys.argv[1]), random.Random(1)
    environment = simpy.Environment()
    agents = simpy.Resource(environment, 80)
    environment.process(source(environment, agents, chance, calls))
    start = time.process_time()
    environment.run()
    print(calls / (time.process_time() - start))


main()
