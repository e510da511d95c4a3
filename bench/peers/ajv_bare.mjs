// The least that a script can do with ajv and js-yaml: read each file of a list, and check it against a schema.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import yaml from 'js-yaml';

const [schema, list] = process.argv.slice(2);
const check = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
let faults = 0;
for (const path of readFileSync(list, 'utf8').split('\n')) {
  const data = yaml.load(readFileSync(path, 'utf8'), { schema: yaml.CORE_SCHEMA });
  if (!check(data)) {
    faults += 1;
    for (const error of check.errors) console.log(`${path}: ${error.instancePath} ${error.message}`);
  }
}
process.exit(faults ? 1 : 0);
