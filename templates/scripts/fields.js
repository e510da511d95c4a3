// The fields of a page: what is in them, as it was typed, and putting it back. Lists (evidence, actions, participants)
// begin with one item, of which further ones are copies.

const form = document.getElementById('form');

function byId(id) {
  return document.getElementById(id);
}

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function fieldsNamed(name) {
  return [...form.elements].filter((field) => field.name === name);
}

function valueOf(name) {
  const fields = fieldsNamed(name);
  if (!fields.length) return '';
  if (fields[0].type === 'radio') return (fields.find((field) => field.checked) || { value: '' }).value;
  return fields[0].type === 'checkbox' ? (fields[0].checked ? 'yes' : '') : fields[0].value;
}

function setValue(name, value) {
  for (const field of fieldsNamed(name)) {
    if (field.type === 'radio') field.checked = field.value === value;
    else if (field.type === 'checkbox') field.checked = value === 'yes';
    else field.value = value;
  }
}

// The text of a field without the space around it: what Python takes for space, so that no empty text is left.
function textOf(name) {
  return trimmed(valueOf(name));
}

function trimmed(text) {
  const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+';
  return text.replace(new RegExp('^' + space), '').replace(new RegExp(space + '$'), '');
}

function itemsOf(list) {
  return [...byId(list).querySelectorAll(':scope > .item')];
}

// Makes a list that many items long; the names and ids of an item hold its number.
function setLength(list, count) {
  const holder = byId(list);
  while (itemsOf(list).length > Math.max(1, count)) itemsOf(list).pop().remove();
  while (itemsOf(list).length < count) {
    const number = itemsOf(list).length + 1;
    const copy = itemsOf(list)[0].cloneNode(true);
    for (const part of [copy, ...copy.querySelectorAll('*')]) {
      for (const name of ['id', 'name', 'for', 'aria-describedby']) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(list + '-1', list + '-' + number));
      }
      if ('value' in part && part.tagName !== 'BUTTON' && part.tagName !== 'LI') part.value = '';
    }
    copy.querySelectorAll('.doubt').forEach((doubt) => doubt.remove());
    copy.querySelector('.number').textContent = number;
    itemsOf(list)[number - 2].after(copy);
  }
  holder.querySelectorAll('.remove').forEach((button, index) => button.setAttribute('aria-label', `Remove ${holder.dataset.one} ${index + 1}`));
}

function namesIn(item) {
  return [...item.querySelectorAll('[name]')].map((field) => field.name);
}

function isEmptyItem(item) {
  return namesIn(item).every((name) => !textOf(name));
}

// Takes an item out; the ones after it move up.
function removeItem(list, number) {
  const items = itemsOf(list);
  for (let index = number - 1; index < items.length; index += 1) {
    const after = items[index + 1];
    namesIn(items[index]).forEach((name, place) => setValue(name, after ? valueOf(namesIn(after)[place]) : ''));
  }
  if (items.length > 1) items[items.length - 1].remove();
}

function allLists() {
  return [...form.querySelectorAll('.list')].map((list) => list.id);
}

// Everything as it stands in the fields, also what is not complete yet.
function snapshot() {
  const values = {};
  for (const field of form.elements) {
    if (field.name && field.type !== 'file') values[field.name] = valueOf(field.name);
  }
  return { values, lengths: Object.fromEntries(allLists().map((list) => [list, itemsOf(list).length])) };
}

function clearFields() {
  form.reset();
  for (const list of allLists()) setLength(list, 1);
  for (const field of form.querySelectorAll('[type=hidden]')) field.value = '';
}

function restore(kept) {
  for (const [list, count] of Object.entries(kept.lengths)) if (byId(list)) setLength(list, Math.min(Number(count) || 1, 500));
  for (const [name, value] of Object.entries(kept.values)) setValue(name, String(value));
}

// A date from its three boxes: its text as in a file, '' for none, or null for one that does not exist.
function dateIn(name) {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => textOf(`${name}-${part}`));
  if (!day && !month && !year) return '';
  const named = MONTHS.findIndex((one) => month.length >= 3 && one.toLowerCase().startsWith(month.toLowerCase())) + 1;
  const number = /^[0-9]{1,2}$/.test(month) ? Number(month) : named;
  if (!/^[0-9]{4}$/.test(year) || number < 1 || number > 12 || (day && !/^[0-9]{1,2}$/.test(day))) return null;
  const text = `${year}-${String(number).padStart(2, '0')}`;
  if (!day) return Number(year) ? text : null;
  const last = new Date(Date.UTC(2000, number, 0));
  last.setUTCFullYear(Number(year), number, 0);
  if (!Number(year) || Number(day) < 1 || Number(day) > last.getUTCDate()) return null;
  return `${text}-${String(Number(day)).padStart(2, '0')}`;
}

function setDate(name, text) {
  const [year, month, day] = (text || '').split('-');
  setValue(`${name}-year`, year || '');
  setValue(`${name}-month`, month ? String(Number(month)) : '');
  setValue(`${name}-day`, day ? String(Number(day)) : '');
}

// What the browser keeps for this page, or nothing where it does not let a page keep anything.
const kept = (() => {
  // Copies of a blank form are told apart by where they lie, since they may be for different Places.
  const key = config.place ? config.key : config.key + ':' + location.pathname;
  let storage = null;
  let hasWorked = true; // the last time that something was to be kept
  try {
    storage = window.localStorage;
    storage.setItem('pbp:form:try', '1');
    storage.removeItem('pbp:form:try');
  } catch (error) {
    storage = null;
  }
  const guarded = (action) => {
    try {
      return storage ? action() : null;
    } catch (error) {
      return null;
    }
  };
  return {
    key,
    isPossible: () => storage !== null,
    isCurrent: () => storage !== null && hasWorked,
    read: () => guarded(() => JSON.parse(storage.getItem(key))),
    write: (value) => {
      hasWorked = guarded(() => {
        storage.setItem(key, JSON.stringify(value));
        return true;
      }) === true;
      return hasWorked;
    },
    remove: () => guarded(() => storage.removeItem(key)),
  };
})();

function say(text) {
  byId('status').textContent = text;
}

function showErrors(errors) {
  const box = byId('errors');
  box.querySelector('ul').replaceChildren(...errors.map((error) => el('li', {}, el('a', { href: '#' + error.id, onclick: (event) => goTo(event, error.id) }, error.message))));
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
  for (const error of errors) {
    const field = focusable(error.id);
    if (field && field.tagName !== 'BUTTON') field.setAttribute('aria-invalid', 'true');
  }
  box.hidden = !errors.length;
  if (errors.length) box.focus();
}

function focusable(id) {
  const place = byId(id);
  if (!place) return null;
  return place.matches('input, textarea, select, button') ? place : place.querySelector('input, textarea, select');
}

// Lets the browser save a text as a file. Nothing is sent anywhere.
function saveAs(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = el('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// Texts longer than their boxes would be cut on paper: there they are printed in full below.
window.addEventListener('beforeprint', () => {
  document.querySelectorAll('.on-paper').forEach((copy) => copy.remove());
  for (const field of form.querySelectorAll('textarea, input[type=text]')) {
    if (field.value && (field.tagName === 'TEXTAREA' || field.value.length > 20)) {
      field.after(el('div', { class: 'on-paper', 'aria-hidden': 'true' }, field.value));
      field.classList.add('is-copied');
    } else field.classList.remove('is-copied');
  }
});
window.addEventListener('afterprint', () => document.querySelectorAll('.on-paper').forEach((copy) => copy.remove()));
