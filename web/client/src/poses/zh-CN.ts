export default {
  behaviour: {
    handRaised: '举手',
    standing: '起立',
    headUp: '抬头',
    headDown: '低头读写',
    headOnDesk: '趴桌',
    unknown: '看不清',
    unseated: '走动',
    short: { handRaised: '举手', standing: '起立', headUp: '抬头', headDown: '低头', headOnDesk: '趴桌', unknown: '' },
  },
  teacher: { unknown: '未看到', front: '讲台前', atBoard: '板书', amongPupils: '学生中间' },
  legend: {
    label: '图例：颜色与头部形状表示行为',
    lag: '骨架比画面晚约 1 秒。',
    interval: '每 {n} 秒取样一次，最近一次 {at}。',
    noFaces: '只分析姿态，不识别人脸。',
  },
}
