// The page of the result: what the answers amount to, in the words of pbp show and pbp diff.

function recordIn() {
  const data = assessmentIn();
  const states = matrix.themes.map((theme) => (data.themes[theme.id] || {}).stage || NOT_ASSESSED);
  return {
    ...data,
    date: data.date || today(),
    placeName: config.placeName || visible(textOf('place')) || 'Place',
    participants: data.participants || [],
    states,
    overall: overallOf(states),
  };
}

// Everything that the result says, as plain values.
function resultOf(record) {
  const last = config.last && config.last.date < record.date ? config.last : null;
  const moved = last ? movementOf(last, record.states) : null;
  return {
    banners: bannersOf(record, last),
    headline: moved ? headlineOfMovement(record, last, moved) : headline(record),
    now: moved ? headline(record) : '',
    lines: overallLines(record.overall),
    table: tableOf(record, last, moved),
    notes: moved ? notesOf(record, last) : [],
    lists: listsOf(record, last, moved),
    about: `${agreementInWords(record)} ${howMade(record)}`,
  };
}

function tableOf(record, last, moved) {
  const cell = (state, words) => ({ words: words || nameOf(state), position: stagePosition(state) });
  const dates = last ? together(last.date, record.date) : [inMonth(record.date)];
  const overallNow = cell(record.overall.stage, stageSoFar(record.overall));
  const rows = moved
    ? moved.themes.map((theme) => [theme.name, thenCell(theme, last, cell), theme.isGone ? cell(null, 'Not in this matrix') : cell(theme.to), changeInWords(theme, last)])
    : matrix.themes.map((theme, index) => [theme.name, cell(record.states[index])]);
  const first = last ? ['Overall', cell(last.overall.stage, stageSoFar(last.overall)), overallNow, overallChange(last.overall.stage, record.overall.stage)] : ['Overall', overallNow];
  return { heads: ['Theme', ...dates, ...(last ? ['Change'] : [])], rows: [first, ...rows] };
}

function thenCell(theme, last, cell) {
  if (!last.known.includes(theme.id)) return cell(null, 'Not in this matrix');
  return last.isStated ? cell(null, 'Not published') : cell(theme.from);
}

function listsOf(record, last, moved) {
  const saidOf = (theme) => record.themes[theme.id] || {};
  const byTheme = (lineOf) => matrix.themes.flatMap((theme, index) => {
    const found = lineOf(theme, saidOf(theme), record.states[index]);
    return found ? [].concat(found) : [];
  });
  const slips = moved ? moved.themes.filter((theme) => theme.direction === 'down') : [];
  const still = moved ? moved.themes.filter((theme) => theme.direction === 'same') : [];
  const weakest = weakestThemes(record.states).map((theme) => theme.name);
  return [
    ['Slips', slips.map((theme) => `${theme.name}: ${nameOf(theme.from)} to ${nameOf(theme.to)}. ${visible(saidOf(theme).rationale || 'No reason is recorded.')}`)],
    ['What did not move', still.map((theme) => `${theme.name}: ${nameOf(theme.to)}`)],
    ['Weakest themes', weakest.length || !record.overall.stage ? weakest : ['None stands out.']],
    ['What the recorded criteria say', byTheme((theme, told, state) => {
      const support = criteriaSupport(theme, told.criteria || {}, state);
      return support && `${theme.name}: ${criteriaInWords(support)}. ${criteriaWarning(support, state)}`.trim();
    })],
    ['From individual views to the group', byTheme((theme, told, state) => config.views[theme.id] && `${theme.name}: ${config.views[theme.id].line}. ${groupAndViews(told.stage, config.views[theme.id].middle, record.status)}`)],
    ['Targets', byTheme((theme, told) => told.target && told.target.stage && `${theme.name}: ${nameOf(told.target.stage)}${told.target.by ? ' by ' + inFull(told.target.by) : ''}`)],
    ['Open actions', byTheme((theme, told) => (told.actions || []).filter((one) => one.action && one.status === 'open').map((one) => `${visible(one.action)} (${[theme.name, visible(one.owner || ''), one.due ? 'due ' + inFull(one.due) : ''].filter(Boolean).join('; ')})`))],
    ['What is missing', missingLines(record, moved)],
    ['To look at: names of people do not belong in a file', doubtfulLines()],
  ].filter(([, lines]) => lines.length);
}

function showResult() {
  const record = recordIn();
  const result = resultOf(record);
  byId('outcome').replaceChildren(
    ...result.banners.map((banner) => el('p', { class: 'banner' }, banner)),
    el('p', { class: 'headline' }, result.headline),
    ...(result.now ? [el('p', {}, result.now)] : []),
    ...result.lines.map((line) => el('p', {}, line)),
    tableElement(result.table),
    ...result.notes.map((note) => el('p', {}, note)),
    ...result.lists.flatMap(([title, lines]) => [el('h3', {}, title), el('ul', {}, ...lines.map((line) => el('li', {}, line)))]),
    el('p', {}, result.about),
    ...toldElements(record),
  );
  drawFile();
}

function tableElement(table) {
  const cellOf = (cell, head) => {
    if (typeof cell === 'string') return el('td', { 'data-label': head }, cell);
    return el('td', { class: cell.position < 0 ? 's-none' : 's' + cell.position, 'data-label': head }, cell.words);
  };
  return el(
    'table',
    { class: 'stack', id: 'strip' },
    el('caption', {}, 'Stage of each theme'),
    el('thead', {}, el('tr', {}, ...table.heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, ...table.rows.map(([name, ...cells], index) => el('tr', index ? {} : { class: 'overall' }, el('th', { scope: 'row' }, name), ...cells.map((cell, place) => cellOf(cell, table.heads[place + 1]))))),
  );
}

// All that was written, theme by theme, for whoever reads it on paper.
function toldElements(record) {
  const parts = [];
  if (record.summary) parts.push(el('h3', {}, 'Summary'), ...paragraphs(record.summary));
  for (const theme of matrix.themes) {
    const told = record.themes[theme.id] || {};
    const lines = [['Why', told.rationale], ['What some held instead', told.dissent]].filter(([, text]) => text).flatMap(([title, text]) => [el('p', {}, el('strong', {}, title)), ...paragraphs(text)]);
    const evidence = (told.evidence || []).map((one) => el('li', {}, visible([one.title, one.link, one.date && inFull(one.date)].filter(Boolean).join(', '))));
    if (evidence.length) lines.push(el('p', {}, el('strong', {}, 'Evidence')), el('ul', {}, ...evidence));
    if (lines.length) parts.push(el('h3', {}, `${theme.name}: ${nameOf(told.stage)}`), ...lines);
  }
  const people = record.participants.map((one) => el('li', {}, visible([one.organisation, one.role].filter(Boolean).join(', '))));
  if (people.length) parts.push(el('h3', {}, 'Who took part'), el('ul', {}, ...people));
  return parts;
}

function paragraphs(text) {
  return visible(text).split(/\n+/).filter((line) => line.trim()).map((line) => el('p', {}, line));
}

// Says what keeps the result from being saved, and what in it is not the group's yet.
function drawFile() {
  const faults = faultsIn(today());
  const undated = dateIn('date') ? '' : ` The date of the workshop is not known yet: the result shows today's.`;
  const told = faults.length === 1 ? 'One answer must be mended before the file can be saved: choose Save to see it.' : `${faults.length} answers must be mended before the file can be saved: choose Save to see them.`;
  byId('unfinished').hidden = !faults.length;
  byId('unfinished').textContent = faults.length ? told + undated : '';
}

function resultAsText() {
  const result = resultOf(recordIn());
  const words = (cell) => (typeof cell === 'string' ? cell : cell.words);
  const rows = result.table.rows.map(([name, ...cells]) => `${name}: ${cells.length > 1 ? `${words(cells[0])} to ${words(cells[1])}, ${words(cells[2]).toLowerCase()}` : words(cells[0])}`);
  const lists = result.lists.flatMap(([title, lines]) => ['', title, ...lines.map((line) => `- ${line}`)]);
  return [...result.banners, result.headline, ...(result.now ? [result.now] : []), '', ...result.lines, '', ...rows, ...(result.notes.length ? ['', ...result.notes] : []), ...lists, '', result.about].join('\n') + '\n';
}

// The result with its looks written into it, since Word takes no style sheet from the clipboard.
function resultAsHtml() {
  const copy = byId('outcome').cloneNode(true);
  const from = [byId('outcome'), ...byId('outcome').querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, index) => {
    const look = getComputedStyle(from[index]);
    element.style.fontFamily = 'Arial';
    if (element.matches('td, th')) {
      Object.assign(element.style, { border: '1px solid #6b7280', padding: '3pt 6pt', textAlign: 'left', verticalAlign: 'top', backgroundColor: look.backgroundColor, color: look.color });
    }
    if (element.matches('table')) element.style.borderCollapse = 'collapse';
    if (element.matches('h3')) Object.assign(element.style, { fontSize: '13pt', margin: '12pt 0 3pt' });
    if (element.matches('.headline, .banner, caption')) element.style.fontWeight = 'bold';
    for (const name of ['id', 'class', 'data-label', 'scope']) element.removeAttribute(name);
  });
  return `<html lang="en-GB"><body>${copy.innerHTML}</body></html>`;
}

function copyResult(asHtml) {
  const text = resultAsText();
  const fill = (event) => {
    event.clipboardData.setData('text/plain', text);
    if (asHtml) event.clipboardData.setData('text/html', resultAsHtml());
    event.preventDefault();
  };
  document.addEventListener('copy', fill);
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', fill);
  if (isCopied) say(asHtml ? 'Copied. Paste it into Word.' : 'Copied as text.');
  else {
    byId('copied').hidden = false;
    byId('copied').querySelector('textarea').value = text;
    say('This browser did not let the page copy. Copy the text below by hand.');
  }
}
