import { completionsAt } from './completion.js';
import { Docs } from './docs.js';
import { Editor, element } from './editor.js';
import { highlight, highlightJson, tokenize } from './lexer.js';
import { prettify } from './prettify.js';
import { introspectionQuery, Schema } from './schema.js';

const at = id => document.getElementById(id);
const welcome = `# Ctrl+Space completes, Ctrl+Enter runs.
query Record($ins: INS!) {
  dossier(ins: $ins) {
    complete
    entries(first: 20) {
      nodes {
        category
        date
        title
        origins { sourceId }
      }
      hasNext
    }
    sources { sourceId status elapsedMs reason }
  }
}
`;

// Everything typed stays in this tab: session storage only, and never in an address. It may hold a token or an INS.
const kept = (key, otherwise) => sessionStorage.getItem(`graphql-ui:${key}`) ?? otherwise;
const keep = (key, value) => sessionStorage.setItem(`graphql-ui:${key}`, value);

let schema = null;
let history = JSON.parse(kept('history', '[]'));

const query = new Editor(at('query'), {
  id: 'query-input', label: 'Query', value: kept('query', welcome), highlight,
  complete: (text, cursor) => schema && completionsAt(text, cursor, schema),
  onInput: text => { keep('query', text); listOperations(); },
});
const variables = new Editor(at('variables'), {
  id: 'variables-input', label: 'Variables', value: kept('variables', '{\n  "ins": ""\n}'), highlight: highlightJson,
  onInput: text => { keep('variables', text); readVariables(); },
});
const docs = new Docs(at('docs-search'), at('docs-trail'), at('docs-body'));
at('token').value = kept('token', '');

async function send(body) {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' };
  const token = at('token').value.trim();
  if (token) headers.authorization = `Bearer ${token.replace(/^Bearer\s+/i, '')}`;
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) });
  return { response, text: await response.text() };
}

async function loadSchema() {
  try {
    const { response, text } = await send({ query: introspectionQuery });
    if (!response.ok) return;
    schema = new Schema(JSON.parse(text).data.__schema);
    docs.use(schema);
    document.body.dataset.schema = 'ready';
  } catch {
    at('status').textContent = 'The hub does not answer.';
  }
}

function readVariables() {
  const text = variables.value.trim();
  try {
    const value = text ? JSON.parse(text) : {};
    at('variables-problem').textContent = '';
    return value;
  } catch (problem) {
    at('variables-problem').textContent = problem.message;
    return null;
  }
}

function operations() {
  const tokens = tokenize(query.value);
  let depth = 0;
  return tokens.flatMap((token, index) => {
    depth += token.text === '{' ? 1 : token.text === '}' ? -1 : 0;
    const next = tokens[index + 1];
    return depth === 0 && ['query', 'mutation', 'subscription'].includes(token.text) && next?.kind === 'name' && tokens[index - 1]?.text !== 'fragment' ? [next.text] : [];
  });
}

function listOperations() {
  const names = operations();
  const chosen = at('operation').value;
  at('operation').hidden = names.length < 2;
  at('operation').replaceChildren(...names.map(name => new Option(name, name, false, name === chosen)));
}

async function run() {
  const values = readVariables();
  if (values === null) { at('variables-input').focus(); return; }
  query.close();
  at('status').textContent = 'Running…';
  document.body.dataset.answer = 'pending';
  const started = performance.now();
  try {
    const operationName = at('operation').hidden ? undefined : at('operation').value;
    const { response, text } = await send({ query: query.value, variables: values, operationName });
    showAnswer(response, text, performance.now() - started);
    remember();
  } catch {
    at('status').textContent = 'The hub does not answer.';
  }
  document.body.dataset.answer = 'shown';
}

function showAnswer(response, text, elapsed) {
  let shown = text;
  let errors = [];
  try {
    const answer = JSON.parse(text);
    errors = answer.errors ?? [];
    // Laid out again from the text, not from the parsed value: 5.10 must not become 5.1.
    shown = layOut(text);
  } catch {
    shown = text;
  }
  const strong = element('strong');
  strong.textContent = `${response.status} ${response.statusText}`;
  at('status').replaceChildren(strong, ` · ${elapsed.toFixed(0)} ms · ${(new TextEncoder().encode(text).length / 1024).toFixed(1)} KB${errors.length ? ` · ${errors.length} error${errors.length > 1 ? 's' : ''}` : ''}`);
  at('errors').replaceChildren(...errors.map(errorLine));
  highlightJson(shown, at('answer'));
  at('answer').scrollTop = 0;
}

function errorLine(error) {
  const line = element('li');
  const code = element('code');
  code.textContent = error.extensions?.code ?? 'ERROR';
  const where = element('small');
  where.textContent = [error.extensions?.sourceId, error.extensions?.rule ?? error.extensions?.reason, error.path?.join('.'),
    error.locations?.map(place => `line ${place.line}, column ${place.column}`).join('; '), error.extensions?.correlationId].filter(Boolean).join(' · ');
  line.append(code, error.message, where);
  return line;
}

function layOut(json) {
  let out = '', depth = 0, inString = false;
  for (let i = 0; i < json.length; i++) {
    const c = json[i];
    if (inString) { out += c; if (c === '\\') out += json[++i]; else if (c === '"') inString = false; continue; }
    if (/\s/.test(c)) continue;
    if (c === '"') { inString = true; out += c; }
    else if ((c === '{' || c === '[') && /^\s*[}\]]/.test(json.slice(i + 1, i + 50))) { i = json.indexOf(c === '{' ? '}' : ']', i); out += c === '{' ? '{}' : '[]'; }
    else if (c === '{' || c === '[') { depth++; out += `${c}\n${'  '.repeat(depth)}`; }
    else if (c === '}' || c === ']') { depth--; out += `\n${'  '.repeat(depth)}${c}`; }
    else if (c === ',') out += `,\n${'  '.repeat(depth)}`;
    else if (c === ':') out += ': ';
    else out += c;
  }
  return out;
}

function remember() {
  const entry = { query: query.value, variables: variables.value };
  history = [entry, ...history.filter(old => old.query !== entry.query || old.variables !== entry.variables)].slice(0, 20);
  keep('history', JSON.stringify(history));
  listHistory();
}

function listHistory() {
  at('history').replaceChildren(new Option('History', ''), ...history.map((entry, index) => new Option(titleOf(entry.query), String(index))));
}

const titleOf = text => {
  const tokens = tokenize(text).filter(token => token.kind !== 'comment');
  return tokens.slice(0, 12).map(token => token.text).join(' ').slice(0, 60) || 'empty';
};

at('run').addEventListener('click', run);
at('prettify').addEventListener('click', () => { query.value = prettify(query.value); keep('query', query.value); });
at('history').addEventListener('change', event => {
  const entry = history[Number(event.target.value)];
  if (!event.target.value || !entry) return;
  query.value = entry.query; variables.value = entry.variables;
  keep('query', entry.query); keep('variables', entry.variables);
  listOperations(); readVariables();
  event.target.value = '';
});
at('token').addEventListener('change', () => { keep('token', at('token').value.trim()); loadSchema(); });
at('docs-toggle').addEventListener('click', () => {
  at('docs').hidden = !at('docs').hidden;
  at('docs-toggle').setAttribute('aria-expanded', String(!at('docs').hidden));
});
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  if (event.code === 'KeyF' && event.shiftKey && event.altKey) { event.preventDefault(); at('prettify').click(); }
});
listHistory();
listOperations();
readVariables();
loadSchema();
