// Tokens of a GraphQL document, whitespace and commas left out. Never fails: what it does not know is a token of kind 'other'.
const pattern = /(?<comment>#[^\n\r]*)|(?<string>"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n\r]|\\.)*"?)|(?<variable>\$[A-Za-z_]\w*|\$)|(?<directive>@[A-Za-z_]\w*|@)|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<spread>\.\.\.)|(?<punct>[!(){}:=|&[\]])|(?<other>[^\s,])/g;

export function tokenize(text) {
  const tokens = [];
  for (const match of text.matchAll(pattern)) {
    const kind = Object.keys(match.groups).find(name => match.groups[name] !== undefined);
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

const keywords = new Set(['query', 'mutation', 'subscription', 'fragment', 'on', 'true', 'false', 'null']);

function styleOf(tokens, index) {
  const token = tokens[index];
  switch (token.kind) {
    case 'name':
      if (keywords.has(token.text)) return 'keyword';
      if (tokens[index - 1]?.text === 'on' || /^[A-Z]/.test(token.text)) return 'type';
      return 'field';
    case 'directive': return 'keyword';
    case 'spread': case 'punct': case 'other': return 'punct';
    default: return token.kind;
  }
}

// Colours a document; text nodes only, so that nothing typed can become markup.
export function highlight(text, into) {
  const tokens = tokenize(text);
  paint(text, tokens.map((token, index) => ({ ...token, style: styleOf(tokens, index) })), into);
}

const jsonPattern = /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<keyword>true|false|null)/g;

export function highlightJson(text, into) {
  const tokens = [];
  for (const match of text.matchAll(jsonPattern)) {
    const kind = Object.keys(match.groups).find(name => match.groups[name] !== undefined);
    tokens.push({ start: match.index, end: match.index + match[0].length, style: kind === 'key' ? 'field' : kind });
  }
  paint(text, tokens, into);
}

function paint(text, tokens, into) {
  const fragment = document.createDocumentFragment();
  let position = 0;
  for (const token of tokens) {
    if (token.start > position) fragment.append(text.slice(position, token.start));
    const span = document.createElement('span');
    span.className = `t-${token.style}`;
    span.textContent = text.slice(token.start, token.end);
    fragment.append(span);
    position = token.end;
  }
  fragment.append(text.slice(position), '\n');
  into.replaceChildren(fragment);
}
