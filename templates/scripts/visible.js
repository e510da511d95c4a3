// Spells out what cannot be seen, which could hide text or turn its direction: what Python's diagnostics/visible.py does.

const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
const EMOJI = '\\u2194-\\u21aa\\u231a-\\u23ff\\u25aa-\\u27bf\\u2934\\u2935\\u2b05-\\u2b55\\u{1f000}-\\u{1faff}';
// Where such a character is part of what is seen: it, and what stands before and after it (older browsers know no lookbehind).
const PARTS_OF_A_SIGN = [
  [/[\u0600-\u061b\u061d-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af]/u, /[\u200c\u200d]/u, null],
  [new RegExp(`[${EMOJI}\\ufe0f]`, 'u'), /\u200d/u, new RegExp(`[${EMOJI}]`, 'u')],
  [new RegExp(`[\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u3030\\u303d\\u3297\\u3299${EMOJI}]`, 'u'), /[\ufe0e\ufe0f]/u, null],
  [/[#*0-9]/u, /\ufe0f/u, /\u20e3/u],
  [/[\u1820-\u18aa]/u, /[\u180b-\u180d\u180f]/u, null],
  [/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u, /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u, null],
];
const FLAGS = /(\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})/u;

function visible(text) {
  return text.split(FLAGS).map((piece, index) => (index % 2 ? piece : spelledOut([...piece]))).join('');
}

function spelledOut(characters) {
  return characters.map((one, at) => (UNSEEN.test(one) && !isPartOfASign(one, characters[at - 1] || '', characters[at + 1] || '') ? spelled(one) : one)).join('');
}

function isPartOfASign(one, before, after) {
  return PARTS_OF_A_SIGN.some(([first, itself, last]) => itself.test(one) && first.test(before) && (!last || last.test(after)));
}

function spelled(character) {
  const code = character.codePointAt(0);
  if (code < 0x100) return '\\x' + code.toString(16).padStart(2, '0');
  return code < 0x10000 ? '\\u' + code.toString(16).padStart(4, '0') : '\\U' + code.toString(16).padStart(8, '0');
}
