// Every order in which two threads can load, add and store: the counter that starts the course.

const operations = ['load', 'add', 'store'];

/** All orders of `first` steps of thread 1 and `second` of thread 2, as lists of 1 and 2. */
export function interleavings(first = operations.length, second = operations.length) {
  if (first === 0) return [Array(second).fill(2)];
  if (second === 0) return [Array(first).fill(1)];
  return [
    ...interleavings(first - 1, second).map((rest) => [1, ...rest]),
    ...interleavings(first, second - 1).map((rest) => [2, ...rest]),
  ];
}

/** Runs one order: what each step does, and the counter and both registers after it. */
export function run(order) {
  const next = { 1: 0, 2: 0 };
  const register = { 1: undefined, 2: undefined };
  let counter = 0;
  const steps = order.map((thread) => {
    const operation = operations[next[thread]++];
    if (operation === 'load') register[thread] = counter;
    if (operation === 'add') register[thread] += 1;
    if (operation === 'store') counter = register[thread];
    return { thread, operation, counter, registers: [register[1], register[2]] };
  });
  return { steps, counter, isLost: counter !== 2 };
}
