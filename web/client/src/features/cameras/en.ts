import type zh from './zh-CN'

export default {
  camera: {
    title: 'Where the picture of {room} comes from',
    from: 'The picture comes by',
    whip: 'WHIP',
    whipText: 'A recorder or OBS sends its picture here by itself.',
    rtsp: 'RTSP camera',
    rtspText: 'Xunke connects to the camera, and again whenever it is lost. WHIP is refused.',
    address: 'RTSP address',
    addressHint:
      'Hikvision: rtsp://IP:554/Streaming/Channels/101, Dahua: rtsp://IP:554/cam/realmonitor?channel=1&subtype=0',
    login: 'A user and password are kept and not shown again',
    replaceLogin: 'Enter anew',
    userName: 'User (may be empty)',
    password: 'Password',
    needs:
      'The camera must send H.264 without B-frames, with Smart codec off and an I-frame every 1 to 2 seconds. Sound is turned into Opus; the picture is passed on as it is.',
    test: 'Test',
    testing: 'Connecting to the camera…',
    testGood: 'The camera answers and has H.264 video.',
    save: 'Save',
    saved: '{room} now shows its RTSP camera and lights up once connected',
    removed: '{room} takes WHIP again',
    change: 'Set where the picture of {room} comes from',
    state: { connecting: 'Connecting…', live: 'Connected', waiting: 'Again in {seconds} s' },
  },
} satisfies typeof zh
