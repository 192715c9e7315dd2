// Reads codes and typed short codes as the phone does; the test compares with the server's reading.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [reader, texts] = process.argv.slice(2);
const { readCode, readShort, typedCodes } = await import(pathToFileURL(reader).href);
const { isGarbled } = await import(new URL("./keyboards.js", pathToFileURL(reader)).href);
const hex = (bytes) => Buffer.from(bytes).toString("hex");

const answers = JSON.parse(readFileSync(texts, "utf-8")).map((text) => {
  const code = readCode(text);
  const read = code && [code.text, code.event, code.ticket, hex(code.payload), hex(code.signature)];
  const typed = typedCodes(text).map((one) => one.text);
  return [read, readShort(text), typed, isGarbled(text)];
});
process.stdout.write(JSON.stringify(answers));
