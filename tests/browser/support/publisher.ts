import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { results, serverBinary } from './paths';

/** A file as a camera, as `./run publish` makes one: the clip's own H.264 and Opus, over real WHIP, ICE, DTLS and SRTP. */
export class Publisher {
  private constructor(private readonly child: ChildProcess) {}

  static start(file: string, whipUrl: string, key: string): Publisher {
    const child = spawn(serverBinary, ['publish', file, '--to', whipUrl, '--key', key], { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(results, 'browser-publisher.log'), { flags: 'a' });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    return new Publisher(child);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((gone) => this.child.once('exit', gone));
    this.child.kill('SIGTERM');
    await ended;
  }
}
