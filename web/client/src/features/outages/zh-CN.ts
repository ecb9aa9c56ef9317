export default {
  outage: {
    out: '数据库从 {since} 起无法写入。直播和课堂分析照常；开始巡课、修改等要留记录的操作暂不可用。',
    waiting: '已结束的 {n} 节课暂存在服务器磁盘上，恢复后自动补存。',
    catchingUp: '数据库已恢复，正在补存 {n} 节课。',
  },
}
