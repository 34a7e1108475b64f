import assert from 'node:assert/strict';
import test from 'node:test';
import { valuesAfter } from '../client/values.js';

const read = (thread, object, value) => ({ thread, verb: '', object, sign: '→', value });
const write = (thread, object, value) => ({ thread, verb: '', object, sign: '=', value });

test('what a first read finds was there before the first step', () => {
  const steps = [read(1, 'ops', '7'), write(1, 'ops', '8')];
  assert.deepEqual(valuesAfter(steps, 0), [{ name: 'ops', value: '7', changed: false }]);
  assert.deepEqual(valuesAfter(steps, 2), [{ name: 'ops', value: '8', changed: true }]);
});

test('what is written first is not known before', () => {
  assert.equal(valuesAfter([write(1, 'ops', '1')], 0)[0].value, undefined);
});

test('only the last step changes a value', () => {
  const steps = [write(1, 'a', '1'), write(2, 'b', '1')];
  assert.deepEqual(valuesAfter(steps, 2).map((object) => object.changed), [false, true]);
});

test('a lock is held, and free again', () => {
  const steps = [{ thread: 2, verb: 'lock', object: 'm', sign: '' }, { thread: 2, verb: 'unlock', object: 'm', sign: '' }];
  assert.equal(valuesAfter(steps, 1)[0].value, 'held by thread 2');
  assert.equal(valuesAfter(steps, 2)[0].value, 'free');
});

test('an update that tells its value sets it', () => {
  assert.equal(valuesAfter([{ thread: 1, verb: 'update', object: 'n', sign: ':', value: '3' }], 1)[0].value, '3');
});
