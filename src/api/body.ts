import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { ProcessError } from '../errors.ts';
import { Gone } from './answer.ts';

/**
 * Reads a whole body as UTF-8 text, at most `limit` bytes. What is beyond is read and thrown away up to `drain` bytes,
 * so that the caller, still sending, gets to read the refusal. Throws `too-large`, `malformed-request` or {@link Gone}.
 */
export async function readText(req: IncomingMessage, limit: number, drain: number): Promise<string> {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new ProcessError('unsupported-media-type', {
      zh: `不接受压缩的请求体（Content-Encoding: ${encoding}）。请直接发送原文。`,
      en: `Compressed bodies are not taken (Content-Encoding: ${encoding}). Send the text itself.`,
    });
  }
  const bytes = await readBytes(req, limit, drain);
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  if (isUtf8(body)) return body.toString('utf8');
  const offset = firstInvalidByte(body);
  throw new ProcessError(
    'malformed-request',
    {
      zh: `请求体不是有效的 UTF-8：第 ${offset + 1} 个字节处出错。请将文件保存为 UTF-8 后再发送。`,
      en: `The body is not valid UTF-8: byte ${offset + 1} is wrong. Save the file as UTF-8 and send it again.`,
    },
    { offset },
  );
}

function readBytes(req: IncomingMessage, limit: number, drain: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > limit + drain) {
      reject(tooLarge(limit));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > limit + drain) {
        req.pause();
        reject(tooLarge(limit));
      } else chunks.length = 0;
    });
    req.on('end', () => {
      if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    const gone = () => {
      if (!req.complete) reject(new Gone('the caller has gone'));
    };
    req.on('error', gone);
    req.on('close', gone);
  });
}

function tooLarge(limit: number): ProcessError {
  return new ProcessError(
    'too-large',
    {
      zh: `请求体超过 ${limit} 字节的上限。请缩短后再发送。`,
      en: `The body is longer than the limit of ${limit} bytes. Send less.`,
    },
    { limit },
  );
}

/** Offset (from 0) of the first byte that no UTF-8 text has there: the longest valid prefix, by halving. */
function firstInvalidByte(bytes: Buffer): number {
  const decodes = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
