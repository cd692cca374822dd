"""M/M/80+M in Ciw, as its manual would write it. Prints calls a second of processor time."""

import sys
import time

import ciw


def main():
    calls = int(sys.argv[1])
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1 / 3)],
        service_distributions=[ciw.dists.Exponential(1 / 240)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / 180)],
        number_of_servers=[80],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    start = time.process_time()
    simulation.simulate_until_max_customers(calls, method="Arrive")
    print(calls / (time.process_time() - start))


main()
