// What looks like a person and not like a role or an organisation. This guesses, so it only asks.

const ABOUT_PEOPLE = /-(owner|organisation|role)$|^agreed-by$/;

function looksPersonal(text) {
  const told = config.personal;
  if (!told.email || !text) return '';
  if (new RegExp(told.email).test(text)) return 'an e-mail address';
  const known = [config.placeName || '', ...itemsOf('participant').map((_, index) => textOf(`participant-${index + 1}-organisation`))];
  const familiar = new Set([...told.notNames, ...known.filter((name) => name !== text).flatMap((name) => name.toLowerCase().split(/[\s-]+/))]);
  const parts = text.split(/[,;:/()]|\s-\s/).map((part) => part.split(/\s+/).filter(Boolean));
  return new RegExp(told.titled).test(text) || parts.some((words) => isName(words, familiar)) ? 'the name of a person' : '';
}

// Two to four words, all capitalised or initials, of which none is of a role or an organisation.
function isName(words, familiar) {
  const fits = (pattern) => words.filter((word) => new RegExp(`^(?:${pattern})$`).test(word));
  const names = fits(config.personal.name);
  const isLikeOne = words.length >= 2 && words.length <= 4 && names.length && names.length + fits(config.personal.initial).length === words.length;
  return Boolean(isLikeOne) && !words.some((word) => familiar.has(word.toLowerCase()));
}

// Says below a field what its text looks like; it stays as it was written.
function drawDoubt(field) {
  const id = field.name + '-doubt';
  if (byId(id)) byId(id).remove();
  field.removeAttribute('aria-describedby');
  const looks = ABOUT_PEOPLE.test(field.name) ? looksPersonal(trimmed(field.value)) : '';
  if (!looks) return;
  field.after(el('p', { id, class: 'doubt', role: 'status' }, `This looks like ${looks}. A file holds roles and organisations only; if it is one, leave it as it is.`));
  field.setAttribute('aria-describedby', id);
}

function doubtfulLines() {
  const fields = [...form.elements].filter((field) => ABOUT_PEOPLE.test(field.name || '') && looksPersonal(trimmed(field.value)));
  return fields.map((field) => `“${visible(trimmed(field.value))}” looks like ${looksPersonal(trimmed(field.value))}`);
}
