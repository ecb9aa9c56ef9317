export default {
  clock: {
    jump: '服务器时钟跳到了 {now}，按经过的时间应是 {expected}。在您确认时钟之前，不会因到期删除任何数据。按现在的时钟，{recordings} 段录像（{size}）和 {lessons} 节课已到期。',
    pause:
      '服务器从 {expected} 停到 {now}。在您确认时钟之前，不会因到期删除任何数据；时钟连续走准 7 天后自动恢复。按现在的时钟，{recordings} 段录像（{size}）和 {lessons} 节课已到期。',
    confirm: '时钟是对的',
  },
}
