// @ts-check
// What an article and its discussion do beyond reading. Each is served within this file (wiring/sheets.py): one request.
import "../articles/embed.js";
import "../discussion/reply.js";
import "../discussion/anchors.js";
import "../discussion/mine.js";
import "../discussion/own.js";
import "../discussion/draft.js";
import "../discussion/quote.js";
import "../discussion/tools.js";
import "../discussion/live.js";
import "../discussion/fold.js";
import "../discussion/passage.js";
import "../discussion/voices.js";
import "../discussion/people.js";
import "../discussion/since.js";
