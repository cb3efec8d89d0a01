// A text area with line numbers, colours behind it, and a list of completions.
let count = 0;

export class Editor {
  constructor(host, { id, label, value = '', highlight, complete, onInput }) {
    this.complete = complete;
    this.onInput = onInput;
    this.highlight = highlight;
    this.popupId = `completions-${count++}`;
    this.gutter = element('div', 'gutter', { 'aria-hidden': 'true' });
    this.colours = element('pre', '', { 'aria-hidden': 'true' });
    this.input = element('textarea', '', {
      id, 'aria-label': label, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off',
      ...(complete ? { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.popupId } : {}),
    });
    const canvas = element('div', 'canvas');
    canvas.append(this.colours, this.input);
    host.append(this.gutter, canvas);
    this.popup = element('ul', 'popup', { id: this.popupId, role: 'listbox', 'aria-label': 'Completions' });
    this.popup.hidden = true;
    document.body.append(this.popup);
    this.input.addEventListener('input', () => { this.refresh(); this.suggest(false); this.onInput?.(this.value); });
    this.input.addEventListener('scroll', () => this.follow());
    this.input.addEventListener('keydown', event => this.key(event));
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('click', () => this.close());
    this.value = value;
  }

  get value() { return this.input.value; }

  set value(text) { this.input.value = text; this.refresh(); }

  refresh() {
    this.highlight(this.value, this.colours);
    const lines = this.value.split('\n').length;
    this.gutter.textContent = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
    this.follow();
  }

  follow() {
    this.colours.scrollTop = this.gutter.scrollTop = this.input.scrollTop;
    this.colours.scrollLeft = this.input.scrollLeft;
  }

  insert(text, from = this.input.selectionStart, to = this.input.selectionEnd) {
    this.input.setSelectionRange(from, to);
    // execCommand keeps the browser's own undo; it is the only door to it.
    if (!document.execCommand('insertText', false, text)) this.input.setRangeText(text, from, to, 'end');
    this.refresh();
    this.onInput?.(this.value);
  }

  key(event) {
    if (!this.popup.hidden && this.popupKey(event)) { event.preventDefault(); event.stopPropagation(); return; }
    if (event.key === ' ' && event.ctrlKey && this.complete) { event.preventDefault(); this.suggest(true); return; }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); this.newLine(); }
  }

  // Tab is left to the keyboard user who wants to leave the editor; it only takes a completion that is shown.
  popupKey(event) {
    switch (event.key) {
      case 'ArrowDown': this.select(this.selected + 1); return true;
      case 'ArrowUp': this.select(this.selected - 1); return true;
      case 'Escape': this.close(); return true;
      case 'Enter': if (event.ctrlKey || event.metaKey) return false; this.take(this.selected); return true;
      case 'Tab': this.take(this.selected); return true;
      default: return false;
    }
  }

  newLine() {
    const before = this.value.slice(0, this.input.selectionStart);
    const indent = /[ ]*/.exec(before.slice(before.lastIndexOf('\n') + 1))[0];
    const opens = /[{([]\s*$/.test(before);
    const closes = opens && /^\s*[})\]]/.test(this.value.slice(this.input.selectionEnd));
    this.insert(`\n${indent}${opens ? '  ' : ''}${closes ? `\n${indent}` : ''}`);
    if (closes) {
      const at = this.input.selectionStart - indent.length - 1;
      this.input.setSelectionRange(at, at);
    }
    this.suggest(false);
  }

  suggest(asked) {
    const found = this.complete?.(this.value, this.input.selectionStart);
    const typed = found && found.to > found.from;
    const alone = found?.items.length === 1 && found.items[0].label === this.value.slice(found.from, found.to);
    if (!found || found.items.length === 0 || alone || (!asked && !typed && !/[{(:\s$@]$/.test(this.value.slice(0, found.to)))) { this.close(); return; }
    if (!asked && !typed && /\}\s*$/.test(this.value.slice(0, found.to))) { this.close(); return; }
    this.found = found;
    this.popup.replaceChildren(...found.items.slice(0, 60).map((entry, index) => this.option(entry, index)));
    this.popup.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.place(found.from);
    this.select(0);
  }

  option(entry, index) {
    const option = element('li', '', { role: 'option', id: `${this.popupId}-${index}` });
    const about = element('span', 'about'); about.textContent = entry.about;
    const label = element('span', 'label'); label.textContent = entry.label;
    const kind = element('span', 'kind'); kind.textContent = entry.kind;
    option.append(label, kind, about);
    option.addEventListener('mousedown', event => { event.preventDefault(); this.take(index); });
    return option;
  }

  place(at) {
    const before = this.value.slice(0, at);
    const line = before.split('\n').length - 1;
    const column = at - before.lastIndexOf('\n') - 1;
    const box = this.input.getBoundingClientRect();
    const left = box.left + 8 + column * this.charWidth() - this.input.scrollLeft;
    const top = box.top + 8 + (line + 1) * 20 - this.input.scrollTop;
    const fits = top + this.popup.offsetHeight < innerHeight;
    // Styles by the object model are not inline styles for the content security policy.
    this.popup.style.left = `${Math.max(0, Math.min(left, innerWidth - this.popup.offsetWidth - 8))}px`;
    this.popup.style.top = `${fits ? top : top - 20 - this.popup.offsetHeight}px`;
  }

  charWidth() {
    const context = document.createElement('canvas').getContext('2d');
    context.font = getComputedStyle(this.input).font;
    return context.measureText('x').width;
  }

  select(index) {
    const options = this.popup.children;
    this.selected = (index + options.length) % options.length;
    for (let i = 0; i < options.length; i++) options[i].setAttribute('aria-selected', String(i === this.selected));
    options[this.selected].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', options[this.selected].id);
  }

  take(index) {
    const entry = this.found.items[index];
    this.close();
    this.insert(entry.insert, this.found.from, this.found.to);
  }

  close() {
    this.popup.hidden = true;
    if (this.complete) this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}

export function element(name, className, attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
