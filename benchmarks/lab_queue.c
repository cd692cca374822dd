/* The queue M/M/n+M in C: the same algorithm as the lab's loop, for comparison. No features, no rules asked.
 *
 *   lab_queue SEED REPLICATION ARRIVALS_PER_MS HORIZON_MS SERVICE_MS PATIENCE_MS SERVERS
 *
 * prints: offered, abandoned, sum of waits (ms), seconds of processor time. Keyed draws (SplitMix64 as a chain), a heap of four children a node, chains of
 * waiting calls and ready seats, whole milliseconds.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { GAP = 1, PATIENCE = 11, TALK = 12 };
enum { HANGS_UP = 0, TALK_ENDS = 1 };
enum { FREE, WAITING, TALKING };

static double uniform(int64_t seed, int64_t replication, int64_t stream, int64_t entity, int64_t nth) {
    const uint64_t key[5] = {seed, replication, stream, entity, nth};
    uint64_t z = 0;
    for (int i = 0; i < 5; i++) {
        z = (z ^ key[i]) + 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        z = z ^ (z >> 31);
    }
    return ((z >> 12) + 0.5) * 0x1p-52;
}

static int64_t exponential(double u, double mean) {
    int64_t found = (int64_t)(-log(1.0 - u) * mean);
    return found > 1 ? found : 1;
}

typedef struct { int64_t first, second; } Entry;
static Entry *heap;
static int64_t size, room;

static int before(Entry a, Entry b) { return a.first < b.first || (a.first == b.first && a.second < b.second); }

static void push(int64_t first, int64_t second) {
    if (size == room) heap = realloc(heap, (room *= 2) * sizeof *heap);
    Entry entry = {first, second};
    int64_t at = size++;
    while (at > 0 && before(entry, heap[(at - 1) >> 2])) {
        heap[at] = heap[(at - 1) >> 2];
        at = (at - 1) >> 2;
    }
    heap[at] = entry;
}

static Entry pop(void) {
    Entry top = heap[0], last = heap[--size];
    int64_t at = 0;
    for (;;) {
        int64_t child = 4 * at + 1, least = child;
        if (child >= size) break;
        for (int64_t other = child + 1; other < child + 4 && other < size; other++)
            if (before(heap[other], heap[least])) least = other;
        if (!before(heap[least], last)) break;
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = last;
    return top;
}

typedef struct { int64_t citizen, contact, arrived, state, seat, earlier, later; } Call;
static Call *calls;
static int64_t *unused, unused_count, slots;
static int64_t first_waiting = -1, last_waiting = -1, waiting;
static int64_t *since, *seat_later, first_ready = -1, last_ready = -1;

static int64_t take_slot(void) {
    if (unused_count == 0) {
        calls = realloc(calls, 2 * slots * sizeof *calls);
        unused = realloc(unused, 2 * slots * sizeof *unused);
        for (int64_t slot = 2 * slots - 1; slot >= slots; slot--) unused[unused_count++] = slot;
        slots *= 2;
    }
    return unused[--unused_count];
}

static void be_ready(int64_t seat, int64_t now) {
    /* Of one millisecond by seat number: those before are the larger ones at the end of the chain. */
    int64_t at = -1, next = first_ready;
    if (last_ready >= 0 && (since[last_ready] < now || last_ready < seat)) {
        at = last_ready;
        next = -1;
    } else
        while (next >= 0 && (since[next] < now || next < seat)) {
            at = next;
            next = seat_later[next];
        }
    since[seat] = now;
    seat_later[seat] = next;
    if (at >= 0) seat_later[at] = seat; else first_ready = seat;
    if (next < 0) last_ready = seat;
}

static void leave_line(int64_t slot) {
    Call *call = &calls[slot];
    if (call->earlier >= 0) calls[call->earlier].later = call->later; else first_waiting = call->later;
    if (call->later >= 0) calls[call->later].earlier = call->earlier; else last_waiting = call->earlier;
    waiting--;
}

int main(int count, char **given) {
    if (count != 8) return 2;
    int64_t seed = atoll(given[1]), replication = atoll(given[2]), horizon = atoll(given[4]);
    double rate = atof(given[3]), service = atof(given[5]), patience = atof(given[6]);
    int64_t servers = atoll(given[7]), contacts = 0, abandoned = 0, waits = 0, day = -1, nth = 0;
    const double total = rate * 14400000.0; /* a day of eight half hours, as the lab's office has */
    double position = 0.0;
    room = 4096, slots = 1024;
    heap = malloc(room * sizeof *heap);
    calls = calloc(slots, sizeof *calls);
    unused = malloc(slots * sizeof *unused);
    for (int64_t slot = slots - 1; slot >= 0; slot--) unused[unused_count++] = slot;
    since = calloc(servers, sizeof *since);
    seat_later = calloc(servers, sizeof *seat_later);
    for (int64_t seat = 0; seat < servers; seat++) be_ready(seat, 0);
    int64_t comes = -1;
    for (;;) {
        while (comes < 0) {
            if (day < 0 || position >= total) day++, nth = 0, position = 0.0;
            position -= log(uniform(seed, replication, GAP, day, nth));
            if (position >= total) continue;
            double reached = fmin(position / total * 8.0, nextafter(8.0, 0.0)), half_hour = floor(reached);
            int64_t within = (int64_t)((reached - half_hour) * 1800000.0);
            comes = day * 14400000 + (int64_t)half_hour * 1800000 + (within < 1799999 ? within : 1799999);
            nth++;
        }
        int64_t now, slot, seat;
        if (comes < horizon && (size == 0 || comes < heap[0].first >> 3)) {
            slot = take_slot();
            Call *call = &calls[slot];
            now = comes, comes = -1;
            *call = (Call){(day << 16) + nth - 1, contacts++, now, WAITING, -1, last_waiting, -1};
            if (first_ready < 0) {
                if (last_waiting >= 0) calls[last_waiting].later = slot; else first_waiting = slot;
                last_waiting = slot;
                waiting++;
                int64_t hangs_up = now + exponential(uniform(seed, replication, PATIENCE, call->citizen, 0), patience);
                push(hangs_up << 3, call->contact << 26 | HANGS_UP << 22 | slot);
                continue;
            }
        } else if (size > 0) {
            Entry entry = pop();
            now = entry.first >> 3, slot = entry.second & ((1 << 22) - 1);
            Call *call = &calls[slot];
            if ((entry.second >> 22 & 15) == HANGS_UP) {
                if (call->state != WAITING || call->contact != entry.second >> 26) continue;
                leave_line(slot);
                abandoned++, waits += now - call->arrived;
                call->state = FREE;
                unused[unused_count++] = slot;
                continue;
            }
            be_ready(call->seat, now);
            call->state = FREE;
            unused[unused_count++] = slot;
            if (waiting == 0) continue;
            slot = first_waiting;
            leave_line(slot);
        } else
            break;
        seat = first_ready;
        first_ready = seat_later[seat];
        if (first_ready < 0) last_ready = -1;
        Call *call = &calls[slot];
        call->state = TALKING, call->seat = seat;
        waits += now - call->arrived;
        int64_t ends = now + exponential(uniform(seed, replication, TALK, call->citizen, 0), service);
        push(ends << 3, call->contact << 26 | TALK_ENDS << 22 | slot);
    }
    printf("%lld %lld %lld %f\n", (long long)contacts, (long long)abandoned, (long long)waits, (double)clock() / CLOCKS_PER_SEC);
    return 0;
}
