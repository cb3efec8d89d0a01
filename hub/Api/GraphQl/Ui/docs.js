// The schema to read: types and fields by name, search over both.
import { element } from './editor.js';
import { nameOf, print } from './schema.js';

export class Docs {
  constructor(search, trail, body) {
    Object.assign(this, { search, trail, body, path: [] });
    search.addEventListener('input', () => this.show());
  }

  use(schema) { this.schema = schema; this.path = []; this.show(); }

  open(typeName) {
    const known = this.path.indexOf(typeName);
    this.path = known >= 0 ? this.path.slice(0, known + 1) : [...this.path, typeName];
    this.search.value = '';
    this.show();
    this.body.querySelector('h3')?.focus();
  }

  show() {
    if (!this.schema) return;
    const words = this.search.value.trim().toLowerCase();
    this.trail.replaceChildren(this.link('Schema', () => { this.path = []; this.show(); }), ...this.path.flatMap(name => ['›', this.typeLink(name)]));
    this.body.replaceChildren(...(words ? this.found(words) : this.path.length ? this.typePage(this.schema.type(this.path.at(-1))) : this.front()));
  }

  front() {
    const roots = Object.entries(this.schema.roots).filter(([, name]) => name);
    const others = [...this.schema.types.keys()].filter(name => !name.startsWith('__') && !Object.values(this.schema.roots).includes(name)).sort();
    return [this.list(roots.map(([operation, name]) => [[text(`${operation}: `, 'quiet'), this.typeLink(name)], this.schema.type(name).description])),
      heading('Types'), this.list(others.map(name => [[this.typeLink(name)], this.schema.type(name).description]))];
  }

  typePage(type) {
    const parts = [heading(type.name), paragraph(type.description)];
    if (type.fields) parts.push(this.list(type.fields.map(field => this.member(field))));
    if (type.inputFields) parts.push(this.list(type.inputFields.map(field => this.member(field))));
    if (type.enumValues) parts.push(this.list(type.enumValues.map(value => [[text(value.name, 'name')], value.description])));
    return parts;
  }

  member(field) {
    const label = [text(field.name, 'name')];
    if (field.args?.length) {
      label.push('(');
      field.args.forEach((argument, index) => label.push(...(index ? [', '] : []), `${argument.name}: `, this.typeLink(nameOf(argument.type), print(argument.type)),
        ...(argument.defaultValue && argument.defaultValue !== 'null' ? [` = ${argument.defaultValue}`] : [])));
      label.push(')');
    }
    label.push(': ', this.typeLink(nameOf(field.type), print(field.type)));
    const notes = (field.args ?? []).filter(argument => argument.description).map(argument => `${argument.name}: ${argument.description}`);
    return [label, [field.description, ...notes].filter(Boolean).join('\n')];
  }

  found(words) {
    const hits = [];
    for (const type of this.schema.types.values()) {
      if (type.name.startsWith('__')) continue;
      if (type.name.toLowerCase().includes(words)) hits.push([[this.typeLink(type.name)], type.description]);
      for (const member of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
        if (member.name.toLowerCase().includes(words)) hits.push([[this.typeLink(type.name), '.', text(member.name, 'name')], member.description]);
      }
    }
    return hits.length ? [this.list(hits)] : [paragraph('Nothing of that name.')];
  }

  list(rows) {
    const list = element('dl');
    for (const [label, about] of rows) {
      const term = element('dt'); term.append(...label);
      const meaning = element('dd'); meaning.textContent = about ?? '';
      list.append(term, meaning);
    }
    return list;
  }

  typeLink(name, label = name) { return this.link(label, () => this.open(name)); }

  link(label, go) {
    const button = element('button', '', { type: 'button' });
    button.textContent = label;
    button.addEventListener('click', go);
    return button;
  }
}

const text = (content, className) => { const span = element('span', className); span.textContent = content; return span; };
const heading = content => { const title = element('h3', '', { tabindex: '-1' }); title.textContent = content; return title; };
const paragraph = content => { const about = element('p', 'quiet'); about.textContent = content ?? ''; return about; };
