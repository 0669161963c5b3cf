// Runs Lighthouse over pages, one after the other in one browser, and prints its reports as JSON.
//
//     node tests/lighthouse.mjs BROWSER OPTIONS ADDRESS ...
//
// OPTIONS are Lighthouse's own, as JSON. No host but this machine can be asked: the browser finds no other.

import {launch} from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, options, ...addresses] = process.argv.slice(2);
const chromeFlags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
const browser = await launch({chromePath, chromeFlags, logLevel: 'error'});
const reports = [];
try {
  for (const address of addresses) {
    const {lhr} = await lighthouse(address, {...JSON.parse(options), port: browser.port, logLevel: 'error'});
    reports.push(lhr);
  }
} finally {
  browser.kill();
}
process.stdout.write(JSON.stringify(reports));
