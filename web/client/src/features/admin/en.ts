import type zh from './zh-CN'

export default {
  admin: {
    title: 'Room set-up',
    subtitle:
      'Paste address and key into a recorder or OBS, or enter an RTSP camera; the room lights up by itself. Viewing and rotating keys is audited.',
    school: 'School',
    failed: 'The room set-up could not be loaded',
    help: 'How to connect a device',
    recorder: 'Recorders, browsers, command line',
    obs: {
      1: 'Settings → Stream, service WHIP.',
      2: 'Paste the address as Server and the key as Bearer Token.',
      3: 'Output: H.264 without B-frames (bframes=0), keyframe interval 2 s; audio Opus.',
      4: 'Start streaming. The room turns live within seconds.',
    },
    device: {
      1: 'Devices with WHIP (RFC 9725): enter the address, authentication Bearer, the key as token.',
      2: 'Simulator: ./run publish FILE.mp4 --to ADDRESS --key KEY',
      3: 'A newer device replaces an older one in the same room; rotating the key disconnects the device that is streaming.',
    },
    room: 'Room',
    state: 'State',
    address: 'Address',
    key: 'Key (Bearer)',
    source: 'Source',
    areas: 'Areas',
    draw: 'See and adjust',
    rotatedAt: 'Rotated',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'The browser does not allow copying; please select by hand.',
    copyAddress: 'Copy the address of {room}',
    copyKey: 'Copy the key of {room}',
    reveal: 'Show or hide the key of {room}',
    rotate: 'Rotate key',
    rotateOf: 'Rotate the key of {room}',
    rotateTitle: 'Rotate the key of {room}?',
    rotateText: 'The old key stops working at once; the device needs the new one to connect again.',
    rotateLiveText:
      'This room is connected. It will be cut off at once, and the device needs the new key to connect again.',
    rotated: 'The key of {room} has been rotated',
  },
} satisfies typeof zh
