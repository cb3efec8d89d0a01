// Lays a document out again, two spaces a level. Tokens and comments stay as written.
import { tokenize } from './lexer.js';

export function prettify(text) {
  const tokens = tokenize(text);
  let out = '', depth = 0, round = 0;
  const line = () => { out = out.trimEnd() + (out ? '\n' : '') + '  '.repeat(depth); };
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    const inArguments = round > 0;
    if (token.kind === 'comment') { line(); out += token.text; return; }
    switch (token.text) {
      case '{':
        out = inArguments ? `${out}{ ` : `${out.trimEnd()}${out.trim() && !out.endsWith('\n') ? ' ' : ''}{`;
        if (!inArguments) depth++;
        return;
      case '}':
        if (inArguments) { out = `${out.trimEnd()} }`; return; }
        depth = Math.max(0, depth - 1);
        line(); out += '}';
        if (depth === 0) out += '\n\n';
        return;
      case '(': round++; out = `${out.trimEnd()}(`; return;
      case ')': round--; out = `${out.trimEnd()})`; return;
      case '[': out += needsSpace(previous) ? ' [' : '['; return;
      case ']': out = `${out.trimEnd()}]`; return;
      case ':': out = `${out.trimEnd()}: `; return;
      case '=': out = `${out.trimEnd()} = `; return;
      case '!': out = `${out.trimEnd()}!`; return;
    }
    if (inArguments) {
      out += separator(previous) + token.text;
    } else if (depth > 0 && startsSelection(token, previous)) {
      line(); out += token.text;
    } else {
      out += (out && !/[\s(]$/.test(out) && previous?.kind !== 'spread' ? ' ' : previous?.kind === 'spread' && token.text === 'on' ? ' ' : '') + token.text;
    }
  });
  return out.trim() + '\n';
}

const needsSpace = previous => previous && ![':', '(', '[', '{', '='].includes(previous.text);
const separator = previous => !previous || ['(', '[', ':', '=', '{'].includes(previous.text) ? '' : ', ';
const startsSelection = (token, previous) => token.kind === 'spread'
  || (token.kind === 'name' && previous?.text !== ':' && previous?.kind !== 'spread' && previous?.text !== 'on');
