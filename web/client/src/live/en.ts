import type zh from './zh-CN'

export default {
  state: {
    live: 'Live',
    stalled: 'Stalled',
    resting: 'No lesson',
    offline: 'Offline',
    low: 'Low confidence',
    stale: 'Not updating',
  },
  fault: {
    'no-picture': 'Connected, but no picture',
    'cannot-decode': 'The picture cannot be decoded; trying again',
    'over-enrolment': 'More people seen than are enrolled: check the class size on the books',
    'view-dark':
      'Too dark to see the class: turn the lights on, or check the camera’s exposure. There are no figures for this time.',
    'view-covered':
      'Something covers the camera: take it away, or open the lens cap. There are no figures for this time.',
    'view-blurred': 'The picture is blurred: clean the lens or focus it again. There are no figures for this time.',
    'view-frozen':
      'The picture stands still and is not of now: restart the camera or check its line. There are no figures for this time.',
    'view-moved':
      'The camera has just been moved; its seats are being learnt anew, and figures are incomplete for a minute or two.',
    'camera-refused':
      'The camera cannot be reached: nothing listens at this port. Check that it is on, that RTSP is enabled, and the port (usually 554).',
    'camera-timeout':
      'The camera does not answer. Check its IP address, cable and firewall; the server must reach the network that it is in.',
    'camera-unknown-host': 'The camera’s host name is not known. Check the spelling, or use its IP address.',
    'camera-tls':
      'The encrypted rtsps connection failed. Check that the camera has RTSP over TLS enabled, or use an rtsp:// address.',
    'camera-not-rtsp':
      'Something answers at this address, but not RTSP. Check the port: RTSP is usually 554, not the web page’s 80.',
    'camera-unauthorized':
      'The camera does not take the user or password. Enter them again; after many wrong ones some cameras lock the account for a while.',
    'camera-no-stream':
      'The camera has no such stream. Check the path of the address, such as /Streaming/Channels/101.',
    'camera-rejected':
      'The camera refused. Perhaps too many others are connected to it, or it does not support RTSP over TCP.',
    'camera-redirect':
      'The camera sends on to another address, but names none that can be used. Enter the address of the stream itself.',
    'camera-redirect-loop': 'One address sends on to the next without end. Enter the address of the stream itself.',
    'camera-redirect-login':
      'The camera sends on to another host, which asks for a user and password; they are not sent there unasked. If it is the right one, enter its address and login here.',
    'camera-garbled':
      'The camera answers, but what it sends arrives damaged. Restart it, update its firmware, or try its substream.',
    'camera-no-video': 'The stream holds no video. Check that the address is that of a video channel.',
    'camera-codec':
      'The video is not H.264, which browsers cannot play. Set the camera’s video encoding to H.264 and turn Smart codec (H.264+, H.265+) off.',
    'camera-b-frames':
      'The video holds B-frames, which cannot be played live. Turn B-frames off in the camera, or set its profile to Baseline, and turn Smart codec off.',
    'camera-silent':
      'The camera is connected but sends no video. Check that this stream is enabled, or restart the camera.',
    'camera-lost': 'The connection to the camera broke; connecting again.',
    'camera-tool-missing': 'FFmpeg is not installed on the server. Please install it there.',
    'camera-tool-failed':
      'The camera’s stream cannot be passed on; trying again. Try its substream, or update its firmware.',
    other: 'No picture comes. Please tell the administrator the time.',
  },
  faultWord: {
    'view-dark': 'Dark',
    'view-covered': 'Covered',
    'view-blurred': 'Blurred',
    'view-frozen': 'Frozen',
    'view-moved': 'Moved',
    'camera-refused': 'Unreachable',
    'camera-timeout': 'No answer',
    'camera-unknown-host': 'Unknown host',
    'camera-tls': 'TLS failed',
    'camera-not-rtsp': 'Not RTSP',
    'camera-unauthorized': 'Wrong password',
    'camera-no-stream': 'No such stream',
    'camera-rejected': 'Refused',
    'camera-redirect': 'Moved',
    'camera-redirect-loop': 'Moved in circles',
    'camera-redirect-login': 'Moved, needs login',
    'camera-garbled': 'Damaged stream',
    'camera-no-video': 'No video',
    'camera-codec': 'Not H.264',
    'camera-b-frames': 'B-frames',
    'camera-silent': 'No picture',
    'camera-lost': 'Reconnecting',
    'camera-tool-missing': 'No FFmpeg',
    'camera-tool-failed': 'Failed',
    other: 'Fault',
  },
  live: { lost: 'Connection lost {since} ago, reconnecting…', retryNow: 'Retry now' },
} satisfies typeof zh
