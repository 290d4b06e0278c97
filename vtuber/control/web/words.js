// What the control page says. Names of expressions, outfits, parts and items are the avatar's own.
var WORDS = {
  en: {
    language: "Language", performer: "For", everybody: "everybody", view: "Picture",
    stage: "Drag to move, wheel or two fingers to zoom; arrow keys and + - work, too",
    hide: "Hide", hidden: "Hidden: show again", calibrate: "Calibrate", mirror: "Mirror",
    reset: "Reset position", closer: "Larger", further: "Smaller",
    command: "Any command", send: "Send", expressions: "Expressions", neutral: "neutral",
    outfits: "Outfits", toggles: "Parts", items: "Items", avatars: "Avatars",
    figures: "How it goes", fps: "pictures/s", late: "late beats", tracker: "tracker/s",
    latency: "latency, ms", drawing: "drawing, ms", face: "face", found: "found", none: "none",
    graph: "Latency of the last minute, camera to picture, in ms.", most: "Highest:",
    camera: "Camera picture and what was found in it",
    outputs: "Outputs", output: "output", pictures: "pictures", dropped: "dropped",
    delay: "ms after the camera", parameters: "Parameters, live", parameter: "parameter",
    value: "value", connected: "connected", lost: "The show is gone; looking for it ...",
    refused: "This address is of an earlier show: open the one that vtuber says now.",
    done: "done: "
  },
  zh: {
    language: "语言", performer: "对象", everybody: "所有人", view: "画面",
    stage: "拖动可移动，滚轮或双指可缩放；也可用方向键和 + -",
    hide: "隐藏", hidden: "已隐藏：点按恢复", calibrate: "校准", mirror: "镜像",
    reset: "位置复位", closer: "放大", further: "缩小",
    command: "任意命令", send: "发送", expressions: "表情", neutral: "无表情",
    outfits: "服装", toggles: "部件", items: "道具", avatars: "角色",
    figures: "运行状况", fps: "帧/秒", late: "迟到的帧", tracker: "追踪/秒",
    latency: "延迟（毫秒）", drawing: "绘制（毫秒）", face: "人脸", found: "已找到", none: "无",
    graph: "最近一分钟的延迟：从摄像头到画面，单位毫秒。", most: "最高：",
    camera: "摄像头画面及识别结果",
    outputs: "输出", output: "输出", pictures: "画面数", dropped: "丢弃",
    delay: "距摄像头（毫秒）", parameters: "实时参数", parameter: "参数",
    value: "数值", connected: "已连接", lost: "演出已中断，正在重新连接……",
    refused: "此地址属于先前的演出，请打开 vtuber 现在显示的地址。",
    done: "完成："
  }
};
