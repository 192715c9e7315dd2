// Which of these codes the phone can read, and which of those its key has signed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, given] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(join(scripts, name)).href);
const { readCode } = await part("checkin/codes.js");
const { isSigned } = await part("devices/crypto.js");

const { public_key, codes } = JSON.parse(readFileSync(given, "utf-8"));
const read = codes.filter((code) => readCode(code) !== null);
const signed = await Promise.all(
  read.map((code) => {
    const { signature, payload } = readCode(code);
    return isSigned(public_key, signature, payload);
  }),
);
if (signed.includes(null)) throw new Error("This Node cannot verify signatures.");
const accepted = read.filter((_, at) => signed[at]);
process.stdout.write(JSON.stringify({ read, accepted }));
