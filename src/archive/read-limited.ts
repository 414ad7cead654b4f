/** Reads a stream; null when more than `limit` bytes come, whatever its sender says of the length. */
export const readLimited = async (
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> => {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = stream?.getReader()
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    length += next.value.length
    if (length > limit) {
      await reader?.cancel()
      return null
    }
    parts.push(next.value)
  }
  return new Uint8Array(Buffer.concat(parts, length))
}
