// The one-time code of a participant: read as Python reads it. The page knows how a code is checked, and none of them.

const codeRule = config.code || null;

// The code in its usual form, or what is wrong with it in words.
function readCode(text) {
  const bare = text.replace(/[\s\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212\ufeff-]/g, '').toUpperCase();
  if (!bare) return { fault: 'Write the code on your slip. If you have none, ask whoever sent you this page.' };
  const symbols = [...bare];
  const strange = symbols.find((symbol) => !codeRule.symbols.includes(symbol));
  if (strange) return { fault: `No code has “${strange}” in it: compare it with your slip.` };
  if (symbols.length !== codeRule.length) return { fault: `A code has ${codeRule.length} letters and digits, and this has ${symbols.length}: compare it with your slip.` };
  const sum = symbols.reduce((total, symbol, index) => total + (index + 1) * codeRule.symbols.indexOf(symbol), 0);
  if (sum % codeRule.symbols.length) return { fault: 'A letter or digit of this code is wrong, or two have changed places: compare it with your slip.' };
  return { code: bare.replace(/...(?=.)/g, '$&-') };
}

// Says below the field what is wrong with it, before anybody has filled in the rest.
function drawCodeFault() {
  const { fault } = valueOf('code') ? readCode(valueOf('code')) : {};
  byId('code-fault').textContent = fault || '';
  byId('code-fault').hidden = !fault;
}
