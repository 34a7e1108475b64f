import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { unpacked } from '../client/details.js';

test('what was packed comes out as it was', async () => {
  const text = '<div data-case="case/a.b">1 &lt; 2 … ◀</div>'.repeat(50);
  assert.equal(await unpacked(deflateRawSync(text).toString('base64')), text);
});
