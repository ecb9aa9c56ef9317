export default {
  district: {
    alerts: '{n} 条预警',
    lessons: '课 {n}/{of}',
    lessonsNow: '课表上此刻有课的教室里，画面看到有人的',
    title: '区县总览',
    grid: '学校，用方向键移动，回车打开',
    search: '查找学校',
    onlyLive: '只看直播',
    stalledCount: '卡住 {n}',
    failed: '学校列表没有加载出来',
    noMatch: '没有符合的学校',
    noMatchText: '换个名字试试，或清除筛选。',
    noneLive: '现在没有学校在直播',
    noneLiveText: '录播设备接入后，学校会自己出现在这里。',
    spoken: '{school}，{live} 间直播，共 {rooms} 间，抬头率 {headUp}，举手 {hands}',
  },
}
