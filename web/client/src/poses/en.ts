import type zh from './zh-CN'

export default {
  behaviour: {
    handRaised: 'Hand up',
    standing: 'Standing',
    headUp: 'Head up',
    headDown: 'Head down',
    headOnDesk: 'Head on desk',
    unknown: 'Unclear',
    unseated: 'No seat',
    short: {
      handRaised: 'Hand',
      standing: 'Stands',
      headUp: 'Up',
      headDown: 'Down',
      headOnDesk: 'On desk',
      unknown: '',
    },
  },
  teacher: { unknown: 'Not seen', front: 'In front', atBoard: 'At the board', amongPupils: 'Among pupils' },
  legend: {
    label: 'Legend: colour and head shape show the behaviour',
    lag: 'Skeletons lag the picture by about 1 s.',
    interval: 'Sampled every {n} s, last at {at}.',
    noFaces: 'Postures only; no face is recognised.',
  },
} satisfies typeof zh
