// Runs the server audits of graphql-http against a running hub.
//   node run.mjs URL [bearer token]
// Prints one line per audit. Exit code 0: no MUST, SHOULD or MAY fails; 1: some do; 2: usage.
import { auditServer } from 'graphql-http';

const [url, token] = process.argv.slice(2);
if (!url) {
  console.error('usage: node run.mjs URL [bearer token]');
  process.exit(2);
}

// The audits know nothing of tokens; the hub answers nobody without one.
function authorizedFetch(target, init = {}) {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return fetch(target, { ...init, headers });
}

const results = await auditServer({ url, fetchFn: authorizedFetch });
const count = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const result of results) {
  count[result.status] += 1;
  const reason = result.status === 'ok' ? '' : `: ${result.reason}`;
  console.log(`${result.status.padEnd(6)} ${result.id} ${result.name}${reason}`);
}
console.log(`${results.length} audits: ${count.ok} ok, ${count.notice} MAY, ${count.warn} SHOULD, ${count.error} MUST not met`);
process.exit(count.ok === results.length ? 0 : 1);
