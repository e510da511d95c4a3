// YAML: what the form writes, with every text in double quotes, and what it reads back: its own files and those that
// pbp or a person wrote. Everything that is read stays text.

const NOT_TEXT = /^(y|n|yes|no|on|off|true|false|null)$/i;
// As a value, some readers take these for numbers.
const NUMBER_TO_SOME = /^(nan|inf|infinity|e[0-9]+)$/i;
const PLAIN = /^[A-Za-z]([A-Za-z0-9@._-]*[A-Za-z0-9])?$/;
const DATE = /^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$/;
const IN_BRACES = ['criteria', 'views', 'gathered', 'agreed', 'target'];
const DATE_KEYS = ['date', 'due', 'by', 'from', 'to'];

function scalar(value, key) {
  const text = wellFormed(String(value));
  if (typeof value === 'number' || key === 'format' || (DATE_KEYS.includes(key) && DATE.test(text))) return text;
  const isTyped = NOT_TEXT.test(text) || (key !== undefined && NUMBER_TO_SOME.test(text));
  return PLAIN.test(text) && !isTyped ? text : inQuotes(text);
}

function inQuotes(text) {
  return '"' + text.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped) + '"';
}

function escaped(character) {
  const code = character.charCodeAt(0);
  if (character === '\n') return '\\n';
  return code < 0x100 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16).padStart(4, '0');
}

// Half of a surrogate pair is no character and cannot stand in a file.
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) => (found.length === 2 ? found : '\ufffd'));
}

function yamlOf(value) {
  return linesOf(value, '').map((line) => line + '\n').join('');
}

function linesOf(mapping, margin) {
  return Object.entries(mapping).flatMap(([key, value]) => {
    const head = margin + scalar(key) + ':';
    if (Array.isArray(value)) return [head, ...value.flatMap((item) => itemLines(item, margin + '  '))];
    if (value === null || typeof value !== 'object') return [head + ' ' + scalar(value, key)];
    if (!Object.keys(value).length) return [head + ' {}'];
    return IN_BRACES.includes(key) ? [head + ' ' + inBraces(value)] : [head, ...linesOf(value, margin + '  ')];
  });
}

function itemLines(item, margin) {
  const [first, ...others] = linesOf(item, margin + '  ');
  return [margin + '- ' + first.trimStart(), ...others];
}

function inBraces(mapping) {
  return '{' + Object.entries(mapping).map(([key, value]) => scalar(key) + ': ' + scalar(value, key)).join(', ') + '}';
}

// Returns the data of a text: objects without a prototype, arrays and texts; an empty value is null.
// Throws an Error whose message names the line and says what cannot be read there.
function readYaml(source) {
  const lines = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').replace(/\n\.\.\.\s*$/, '\n').split('\n');
  let row = 0;
  let column = 0;

  function fail(message) {
    throw new Error('line ' + (row + 1) + ': ' + message);
  }

  function isBlank(line) {
    return /^\s*(#.*)?$/.test(line);
  }

  function skipBlank() {
    while (row < lines.length && isBlank(lines[row])) row += 1;
    return row < lines.length;
  }

  function indent() {
    if (/^ *\t/.test(lines[row])) fail('a tab stands at the beginning; use spaces');
    return lines[row].search(/[^ ]/);
  }

  function beginsItem(at) {
    return /^-( |$)/.test(lines[row].slice(at));
  }

  function block(at) {
    return beginsItem(at) ? sequence(at) : mapping(at);
  }

  function beginsKey(at) {
    return /^("([^"\\]|\\.)*"|'[^']*'|[^\s#{}[\],&*!|>%@`"'][^#]*?) *:( |$)/.test(lines[row].slice(at));
  }

  // What begins in column `begin` below or beside something in column `at`: keys, a list, or a text.
  function blockOrText(begin, at) {
    if (beginsKey(begin) || beginsItem(begin)) return block(begin);
    column = begin;
    return valueHere(at);
  }

  function mapping(at) {
    const found = Object.create(null);
    while (skipBlank() && indent() >= at) {
      if (indent() > at) fail('this line begins too far right');
      if (beginsItem(at)) fail('a dash stands where a key is expected');
      column = at;
      const key = keyHere();
      if (key in found) fail('"' + key + '" is given twice');
      found[key] = valueHere(at);
    }
    return found;
  }

  function keyHere() {
    const line = lines[row];
    if (line[column] === '"' || line[column] === "'") {
      const key = quotedHere();
      if (!/^ *:( |$)/.test(lines[row].slice(column))) fail('a colon and a space are missing after the key');
      column += lines[row].slice(column).indexOf(':') + 1;
      return key;
    }
    const match = /^([^\s#{}[\],&*!|>%@`"'][^#]*?) *:( |$)/.exec(line.slice(column));
    if (!match) fail('this is neither a key with a colon and a space after it, nor the next line of a text');
    column += match[0].length - match[2].length;
    return match[1];
  }

  // The value that begins at the cursor, of a key or a dash that stands in column `at`; the cursor goes to the line after.
  function valueHere(at) {
    skipSpace();
    const rest = lines[row].slice(column);
    if (rest === '' || rest[0] === '#') return below(at);
    if (/^[|>]/.test(rest)) return blockText(rest, at);
    if (/^[&*!%@`]/.test(rest)) fail('"' + rest[0] + '" cannot begin a text; put the text in double quotes');
    if (/^["'{[]/.test(rest)) {
      const value = flowHere();
      if (!/^\s*( #.*)?$/.test(lines[row].slice(column))) fail('something stands after the end of the value');
      row += 1;
      return value;
    }
    return plainText(rest, at);
  }

  function below(at) {
    row += 1;
    if (!skipBlank()) return null;
    const next = indent();
    if (next > at) return blockOrText(next, at);
    return next === at && beginsItem(at) && !isItemAt(at) ? sequence(at) : null;
  }

  let itemColumns = [];
  function isItemAt(at) {
    return itemColumns.includes(at);
  }

  function sequence(at) {
    const found = [];
    itemColumns.push(at);
    while (skipBlank() && indent() === at && beginsItem(at)) {
      // What follows the dash is read as if the dash were a space.
      lines[row] = lines[row].slice(0, at) + ' ' + lines[row].slice(at + 1);
      if (isBlank(lines[row])) {
        column = lines[row].length;
        found.push(below(at));
        continue;
      }
      found.push(blockOrText(indent(), at));
    }
    itemColumns.pop();
    if (row < lines.length && indent() > at) fail('this line begins too far right');
    return found;
  }

  function plainText(rest, at) {
    const pieces = [withoutComment(rest)];
    const hasComment = pieces[0] !== rest.trimEnd();
    if (/: |:$/.test(pieces[0])) fail('a colon with a space after it stands inside a text; put the text in double quotes');
    row += 1;
    let breaks = 0;
    while (!hasComment && row < lines.length) {
      if (/^\s*$/.test(lines[row])) {
        breaks += 1;
      } else if (indent() > at && !/^\s*#/.test(lines[row])) {
        const piece = withoutComment(lines[row].trim());
        if (/: |:$/.test(piece)) fail('a colon with a space after it stands inside a text; put the text in double quotes');
        pieces.push(breaks ? '\n'.repeat(breaks) : ' ', piece);
        breaks = 0;
        if (piece !== lines[row].trim()) {
          row += 1;
          break;
        }
      } else break;
      row += 1;
    }
    const text = pieces.join('');
    return /^(~|null|Null|NULL)$/.test(text) ? null : text;
  }

  function withoutComment(text) {
    return text.replace(/(^|\s)#.*$/, '').trimEnd();
  }

  // A text of several lines after | or >.
  function blockText(rest, at) {
    const match = /^([|>])([0-9]?)([+-]?)([0-9]?)\s*( #.*)?$/.exec(rest);
    if (!match) fail('after ' + rest[0] + ' the text begins on the next line');
    const style = match[1];
    const found = [];
    row += 1;
    const given = match[2] || match[4];
    let margin = given ? Math.max(at, 0) + Number(given) : 0;
    for (; row < lines.length; row += 1) {
      const line = lines[row];
      if (!/^ *$/.test(line)) {
        const begins = line.search(/[^ ]/);
        if (!margin) margin = begins;
        if (begins <= at || begins < margin) break;
      }
      found.push(line.slice(margin || line.length));
    }
    const text = style === '|' ? found.join('\n') : foldedLines(found);
    const trailing = /\n*$/.exec(text + '\n')[0].length;
    const body = text.replace(/\n+$/, '');
    if (match[3] === '-') return body;
    return match[3] === '+' ? body + '\n'.repeat(trailing) : body && body + '\n';
  }

  function foldedLines(found) {
    let text = '';
    found.forEach((line, index) => {
      const before = found[index - 1];
      if (index === 0) text = line;
      else if (line === '' || before === '') text += before === '' && line !== '' && !isMore(lastText(found, index)) && !isMore(line) ? line : '\n' + line;
      else text += (isMore(line) || isMore(before) ? '\n' : ' ') + line;
    });
    return text;
  }

  function isMore(line) {
    return /^[ \t]/.test(line);
  }

  function lastText(found, index) {
    return found.slice(0, index).reverse().find((line) => line !== '') || '';
  }

  function skipSpace() {
    while (lines[row][column] === ' ') column += 1;
  }

  // Inside {} and [] a value may go on in the next line.
  function skipFlowSpace() {
    while (row < lines.length) {
      skipSpace();
      const rest = lines[row].slice(column);
      if (rest !== '' && rest[0] !== '#') return;
      row += 1;
      column = 0;
    }
    row = lines.length - 1;
    fail('a bracket or a quotation mark is not closed');
  }

  function flowHere() {
    const mark = lines[row][column];
    if (mark === '"' || mark === "'") return quotedHere();
    if (mark === '{') return flowMapping();
    if (mark === '[') return flowSequence();
    const match = /^[^,[\]{}#"'&*!|>%@`][^,[\]{}]*/.exec(lines[row].slice(column));
    if (!match) fail('a value is missing');
    const text = match[0].replace(/ #.*$/, '').replace(/: .*$|:$/, '').trimEnd();
    column += text.length;
    return /^(~|null|Null|NULL)$/.test(text) ? null : text;
  }

  function flowMapping() {
    const found = Object.create(null);
    column += 1;
    for (;;) {
      skipFlowSpace();
      if (lines[row][column] === '}') break;
      const key = flowHere();
      skipFlowSpace();
      if (lines[row][column] !== ':') fail('a colon is missing after "' + key + '"');
      column += 1;
      skipFlowSpace();
      if (key in found) fail('"' + key + '" is given twice');
      found[key] = /[,}]/.test(lines[row][column]) ? null : flowHere();
      afterFlowItem('}');
    }
    column += 1;
    return found;
  }

  function flowSequence() {
    const found = [];
    column += 1;
    for (;;) {
      skipFlowSpace();
      if (lines[row][column] === ']') break;
      found.push(flowHere());
      afterFlowItem(']');
    }
    column += 1;
    return found;
  }

  function afterFlowItem(end) {
    skipFlowSpace();
    const next = lines[row][column];
    if (next === ',') column += 1;
    else if (next !== end) fail('a comma or ' + end + ' is missing');
  }

  function quotedHere() {
    const mark = lines[row][column];
    const start = row;
    let text = '';
    column += 1;
    for (;;) {
      const line = lines[row];
      if (column >= line.length) {
        text = text.replace(/[ \t]+$/, '');
        let breaks = 0;
        do {
          row += 1;
          breaks += 1;
          if (row >= lines.length) {
            row = start;
            fail('a quotation mark is not closed');
          }
        } while (/^\s*$/.test(lines[row]));
        column = lines[row].search(/[^ \t]/);
        text += breaks > 1 ? '\n'.repeat(breaks - 1) : ' ';
        continue;
      }
      const character = line[column];
      column += 1;
      if (character === mark && !(mark === "'" && line[column] === "'")) return text;
      if (mark === "'") {
        if (character === mark) column += 1;
        text += character;
      } else if (character === '\\') text += escapeHere();
      else text += character;
    }
  }

  function escapeHere() {
    const line = lines[row];
    const kind = line[column];
    column += 1;
    const simple = { n: '\n', t: '\t', r: '\r', 0: '\0', a: '\x07', b: '\b', v: '\v', f: '\f', e: '\x1b', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029', '"': '"', '\\': '\\', '/': '/', ' ': ' ' };
    const length = { x: 2, u: 4, U: 8 }[kind];
    if (length) {
      const digits = line.slice(column, column + length);
      if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length) fail('\\' + kind + ' needs ' + length + ' digits');
      column += length;
      return String.fromCodePoint(parseInt(digits, 16));
    }
    if (!(kind in simple)) fail('\\' + kind + ' is not a known escape');
    return simple[kind];
  }

  if (skipBlank() && /^---\s*$/.test(lines[row])) row += 1;
  if (!skipBlank()) fail('the file says nothing');
  const start = indent();
  const data = mapping(start);
  if (row < lines.length) fail('this line begins too far left');
  return data;
}
