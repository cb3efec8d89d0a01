// What may stand at the cursor: fields of the type there, arguments, values, variables, types, directives.
import { tokenize } from './lexer.js';
import { nameOf, print } from './schema.js';

export function completionsAt(text, cursor, schema) {
  const tokens = tokenize(text.slice(0, cursor)).filter(token => token.kind !== 'comment' || token.end >= cursor);
  const last = tokens.at(-1);
  if (last?.kind === 'comment' || (last?.kind === 'string' && last.end >= cursor && !isClosed(last.text))) return null;
  const typing = last && last.end === cursor && ['name', 'variable', 'directive'].includes(last.kind) ? last : null;
  const before = typing ? tokens.slice(0, -1) : tokens;
  const place = walk(before, schema);
  const from = typing ? typing.start : cursor;
  const prefix = typing ? typing.text : '';
  const items = candidates(place, before, typing, text, schema).filter(item => matches(item.label, prefix));
  items.sort((left, right) => rank(left.label, prefix) - rank(right.label, prefix));
  return { from, to: cursor, items };
}

const isClosed = string => string.startsWith('"""') ? string.length >= 6 && string.endsWith('"""') : string.length > 1 && string.endsWith('"');
const matches = (label, prefix) => label.toLowerCase().includes(prefix.toLowerCase());
const rank = (label, prefix) => label.toLowerCase().startsWith(prefix.toLowerCase()) ? 0 : 1;

// Follows the document up to the cursor with a stack of what is open.
function walk(tokens, schema) {
  const stack = [{ kind: 'document' }];
  const top = () => stack.at(-1);
  for (let i = 0; i < tokens.length; i++) {
    const { text, kind } = tokens[i];
    const previous = tokens[i - 1];
    const frame = top();
    if (text === '{') {
      stack.push(openBrace(frame, schema));
    } else if (text === '}') {
      while (stack.length > 1 && !['selection', 'object'].includes(top().kind)) stack.pop();
      if (stack.length > 1) stack.pop();
      afterClose(top());
    } else if (text === '(') {
      if (frame.kind === 'document') stack.push({ kind: 'variables' });
      else stack.push({ kind: 'arguments', args: frame.directive ?? frame.field?.args ?? [], field: frame.field });
    } else if (text === ')') {
      while (stack.length > 1 && !['arguments', 'variables'].includes(top().kind)) stack.pop();
      if (stack.length > 1) stack.pop();
      top().directive = null;
    } else if (text === '[') {
      stack.push({ kind: 'list', type: frame.valueType });
    } else if (text === ']') {
      if (top().kind === 'list') stack.pop();
      afterValue(top());
    } else if (kind === 'directive') {
      frame.directive = schema.directives.find(directive => `@${directive.name}` === text)?.args ?? [];
    } else if (kind === 'spread') {
      frame.spread = true; frame.on = null;
    } else {
      name(frame, tokens, i, previous, schema);
    }
  }
  return top();
}

function openBrace(frame, schema) {
  if (frame.kind === 'document') {
    const type = frame.fragmentOn ?? schema.roots[frame.operation ?? 'query'];
    frame.operation = frame.fragmentOn = null;
    return { kind: 'selection', type };
  }
  if (frame.kind === 'selection') {
    const type = frame.spread ? frame.on ?? frame.type : frame.field ? nameOf(frame.field.type) : undefined;
    frame.spread = false; frame.field = null;
    return { kind: 'selection', type };
  }
  return { kind: 'object', args: schema.type(frame.valueType)?.inputFields ?? [] };
}

function afterClose(frame) { frame.field = null; frame.directive = null; afterValue(frame); }

function afterValue(frame) { if (frame.kind === 'arguments' || frame.kind === 'object') frame.valueType = null; }

function name(frame, tokens, i, previous, schema) {
  const { text, kind } = tokens[i];
  const inValue = previous?.text === ':' || previous?.text === '[';
  switch (frame.kind) {
    case 'document':
      if (previous?.text === 'on') frame.fragmentOn = text;
      else if (['query', 'mutation', 'subscription'].includes(text)) frame.operation = text;
      break;
    case 'selection':
      if (previous?.text === 'on' && tokens[i - 2]?.kind === 'spread') frame.on = text;
      else if (previous?.kind === 'spread') { if (text !== 'on') frame.spread = false; }
      else { frame.spread = false; frame.directive = null; frame.field = schema.field(frame.type, text); }
      break;
    case 'arguments': case 'object':
      if (kind === 'name' && !inValue) frame.valueType = argumentType(frame.args, text);
      else if (inValue) frame.valueType = null;
      break;
  }
}

const argumentType = (args, wanted) => {
  const found = args.find(argument => argument.name === wanted);
  return found ? nameOf(found.type) : null;
};

function candidates(place, before, typing, text, schema) {
  const previous = before.at(-1);
  if (typing?.kind === 'directive') return schema.directives.map(directive => item(`@${directive.name}`, '', directive.description));
  if (previous?.text === 'on') return compositeTypes(schema);
  switch (place.kind) {
    case 'document': return ['query', 'mutation', 'subscription', 'fragment', '{'].filter(word => word === '{' || word === 'fragment' || schema.roots[word]).map(word => item(word, ''));
    case 'variables': return previous?.text === ':' || previous?.text === '[' ? schema.inputTypes.map(type => item(type.name, type.kind.toLowerCase(), type.description)) : [];
    case 'selection':
      if (previous?.kind === 'spread') return [item('on', ''), ...fragments(text)];
      return [
        ...(schema.type(place.type)?.fields ?? []).map(field => item(field.name, print(field.type), field.description)),
        ...(place.type ? [item('__typename', 'String!', 'Name of the type.')] : []),
      ];
    case 'list': return values(place.type, typing, text, schema);
    default: return previous?.text === ':' || typing?.kind === 'variable' || previous?.text === '$'
      ? values(place.valueType, typing, text, schema)
      : place.args.map(argument => item(argument.name, print(argument.type), argument.description, ': '));
  }
}

function values(typeName, typing, text, schema) {
  const type = schema.type(typeName);
  const variables = [...new Set([...text.matchAll(/\$[A-Za-z_]\w*(?=\s*:)/g)].map(match => match[0]))].map(label => item(label, 'variable'));
  if (typing?.kind === 'variable') return variables;
  const literals = type?.kind === 'ENUM' ? type.enumValues.map(value => item(value.name, type.name, value.description))
    : typeName === 'Boolean' ? [item('true', 'Boolean'), item('false', 'Boolean')] : [];
  return [...literals, ...variables];
}

const compositeTypes = schema => [...schema.types.values()].filter(type => ['OBJECT', 'INTERFACE', 'UNION'].includes(type.kind) && !type.name.startsWith('__'))
  .map(type => item(type.name, type.kind.toLowerCase(), type.description));
const fragments = text => [...text.matchAll(/fragment\s+([A-Za-z_]\w*)\s+on\s+([A-Za-z_]\w*)/g)].map(match => item(match[1], `on ${match[2]}`));
const item = (label, kind, about, suffix = '') => ({ label, kind, about: about ?? '', insert: label + suffix });
