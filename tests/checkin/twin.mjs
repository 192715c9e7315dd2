// Answers the cases with the rules of the phone; the test compares with the file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { answersOf } from "./twin_answers.mjs";

const [scripts, cases] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(join(scripts, name)).href);
const read = JSON.parse(readFileSync(cases, "utf-8"));
process.stdout.write(JSON.stringify(await answersOf(part, read)));
