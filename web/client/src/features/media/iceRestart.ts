const iceLine = /^a=ice-(ufrag|pwd):.*$/gm

/** The part of an offer that WHEP sends to restart ICE (RFC 8840): its new credentials, and the section they are for. */
export function fragmentOf(offer: string): string {
  const first = (prefix: string) => offer.split(/\r?\n/).find((line) => line.startsWith(prefix))
  return [first('a=ice-ufrag:'), first('a=ice-pwd:'), first('m='), first('a=mid:')]
    .map((line) => `${line ?? ''}\r\n`)
    .join('')
}

/** The answer as it would be now: all that was agreed on, under the server's new credentials. */
export function renewed(answer: string, fragment: string): string {
  const fresh = new Map([...fragment.matchAll(iceLine)].map((match) => [match[1], match[0].trim()]))
  if (fresh.size !== 2) throw new Error('the fragment has no ICE credentials')
  return answer.replace(iceLine, (line, name: string) => fresh.get(name)! + (line.endsWith('\r') ? '\r' : ''))
}

/**
 * Looks for another path for a session that goes on: keys, tracks and the decoder's state stay (RFC 9725 4.3.3).
 *
 * @param send - Gives the server the fragment and returns its own.
 */
export async function restartIce(peer: RTCPeerConnection, send: (fragment: string) => Promise<string>): Promise<void> {
  const answer = peer.remoteDescription?.sdp
  if (!answer) throw new Error('there is no session yet')
  const offer = await peer.createOffer({ iceRestart: true })
  // The path in use is given up only when the server has agreed to look for another.
  const fragment = await send(fragmentOf(offer.sdp ?? ''))
  await peer.setLocalDescription(offer)
  await peer.setRemoteDescription({ type: 'answer', sdp: renewed(answer, fragment) })
}
