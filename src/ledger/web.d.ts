/**
 * The two names of the web platform that the pure layers use; Node and every browser have them
 * (Encoding Standard, §7 and §8). Declared here so that no layer needs the types of either host.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, into: Uint8Array): { read: number; written: number }
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}
