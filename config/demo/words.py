"""The phrases of the demo: what people need, what is done about it, what alliances do together."""

from __future__ import annotations

from random import Random

NEEDS: dict[str, tuple[str, ...]] = {
    "sanitation": (
        "垃圾清运不及时",
        "背街小巷环境整治",
        "楼道杂物堆放清理",
        "村屯环境集中整治",
        "旱厕改造后管护",
        "下水井堵塞疏通",
        "河道垃圾清理",
    ),
    "property": (
        "无物业小区管护",
        "物业费收缴纠纷调解",
        "小区门禁系统维修",
        "业主委员会组建",
        "老旧小区楼顶漏雨维修",
        "供暖温度不达标",
    ),
    "traffic": (
        "小区停车位重新划线",
        "学校门前交通疏导",
        "占道停车治理",
        "公交站点增设",
        "路口减速带安装",
        "村口急弯安装反光镜",
    ),
    "facility": (
        "路灯损坏维修",
        "自来水管网改造",
        "村内道路硬化",
        "健身器材更新",
        "残疾人坡道改造",
        "灌溉机井维修",
        "桥涵修缮",
        "休闲长椅更换",
    ),
    "farming": (
        "春季备耕农资供应",
        "肉羊疫病防治指导",
        "设施大棚棚膜更换",
        "谷子新品种试种",
        "测土配方施肥指导",
        "饲草料储备不足",
        "病虫害统防统治",
    ),
    "market": (
        "农产品滞销帮扶",
        "土特产线上销售",
        "牲畜出栏收购对接",
        "蔬菜直供超市对接",
        "杂粮品牌包装设计",
        "冷藏库租用",
    ),
    "finance": ("养殖户小额贷款", "合作社流动资金周转", "农业保险理赔协助", "创业担保贷款申请", "集体经济项目资金筹措"),
    "employment": (
        "零工信息发布",
        "返乡青年电商培训",
        "家政服务技能培训",
        "季节性用工对接",
        "残疾人就业岗位推荐",
        "农机手操作培训",
    ),
    "health": (
        "老年人义诊上门",
        "慢性病随访服务",
        "包虫病筛查宣传",
        "村卫生室药品补充",
        "妇女两癌筛查组织",
        "心理健康讲座",
    ),
    "education": (
        "假期儿童托管",
        "困难学生助学",
        "家庭教育讲座",
        "农家书屋图书更新",
        "青少年安全教育",
        "课后辅导志愿者",
    ),
    "care": (
        "独居老人日常照料",
        "困难家庭冬季取暖",
        "留守儿童陪伴",
        "残疾人家庭无障碍改造",
        "高龄老人助餐",
        "退役军人优抚政策咨询",
    ),
    "culture": (
        "广场舞场地协调",
        "乌兰牧骑文艺演出进村",
        "社区文艺骨干培训",
        "草原文化节筹备",
        "老年书画班开办",
        "篮球场地修整",
    ),
    "security": (
        "邻里纠纷调解",
        "反诈宣传入户",
        "法律援助咨询",
        "消防通道清理",
        "小区监控补点",
        "草原防火巡护",
        "农民工欠薪调解",
    ),
    "party": ("流动党员联系服务", "党员活动室共用", "新业态党员报到", "党课师资共享", "老党员送学上门"),
}
"""What is asked, by the category of the item."""

SERVICES: dict[str, tuple[str, ...]] = {
    "sanitation": ("环境卫生集中整治", "垃圾清运专项服务", "清洁家园共建"),
    "property": ("物业服务协商共治", "老旧小区管护服务", "供热供水联合服务"),
    "traffic": ("停车秩序联合整治", "校园周边交通护航", "道路安全设施完善"),
    "facility": ("基础设施维修改造", "便民设施更新", "水电路管护服务"),
    "farming": ("农牧技术下乡", "备耕农资联供", "动物疫病联防"),
    "market": ("农产品产销对接", "消费帮扶直通车", "电商助农服务"),
    "finance": ("金融服务进村", "惠农信贷对接", "保险理赔协办"),
    "employment": ("就业技能培训", "用工供需对接", "零工驿站服务"),
    "health": ("健康义诊巡回服务", "慢病管理上门服务", "健康知识宣讲"),
    "education": ("假期托管服务", "助学圆梦帮扶", "家校共育服务"),
    "care": ("独居老人关爱服务", "困难家庭结对帮扶", "温暖过冬行动"),
    "culture": ("文化惠民演出", "文体设施共享", "群众文艺辅导"),
    "security": ("矛盾纠纷联合调处", "平安巡防共建", "法律服务进社区"),
    "party": ("党建阵地共享", "流动党员服务", "党课联讲"),
}
"""What answers it: service items."""

RURAL = (
    "farming",
    "market",
    "finance",
    "facility",
    "sanitation",
    "employment",
    "health",
    "security",
    "culture",
    "care",
)
URBAN = (
    "sanitation",
    "property",
    "traffic",
    "facility",
    "care",
    "education",
    "health",
    "security",
    "culture",
    "employment",
    "party",
)

COUNTRYSIDE = ("村", "屯", "灌溉", "旱厕", "草原", "农", "牲畜", "羊", "桥涵", "饲草", "谷子", "大棚")
TOWNSCAPE = ("小区", "楼", "物业", "门禁", "业主", "公交", "社区", "停车位", "广场舞")

OUTCOMES = (
    "已组织人员现场办理，群众到场查看",
    "多家单位联合办理，问题已处理完毕",
    "已完成维修并清理现场",
    "已上门服务，逐户登记办理情况",
    "已签订合作意向，首批已落实",
    "已组织培训，参训人员反映良好",
    "已协调资金落实，项目完工",
    "双方达成调解协议，已履行",
)
REPORTS = (
    "已到现场查看，制定办理方案",
    "已联系相关部门，约定办理时间",
    "材料已备齐，本周开工",
    "已完成一半，预计按期办结",
    "已入户了解情况，分类登记",
    "正在协调人员和车辆",
)
PROMISES = (
    "可提供人员和车辆",
    "可提供技术人员上门指导",
    "可提供场地和设备",
    "可协调专项资金",
    "可组织党员志愿者参加",
    "",
)
NEXT = "请拨打 12345 热线，由主管部门受理"
"""Where a refused need goes next."""

REFUSALS = (
    "不属于联合体职责，已告知向主管部门反映",
    "与已受理事项重复",
    "所提情况经核实已经解决",
    "条件暂不具备，纳入下半年清单研究",
)
STUDIES = ("经会商研判，由成员单位认领办理", "经核实，列入清单", "多户共同反映，合并办理")
RELEASES = ("承办人员调整，暂时无力办理", "任务与上级工作冲突，申请退出", "所需设备不足，无法按期办理")

THEMES = (
    "学习党的创新理论主题党日",
    "不忘初心、牢记使命主题党日",
    "环境整治主题党日",
    "助农春耕主题党日",
    "清明祭英烈主题党日",
    "民族团结进步主题党日",
    "关爱老人主题党日",
    "义务植树主题党日",
    "庆七一重温入党誓词主题党日",
    "平安建设主题党日",
    "铸牢中华民族共同体意识主题党日",
    "政策宣讲主题党日",
)
GATHERINGS: dict[str, tuple[str, ...]] = {
    "party_lesson": ("书记讲党课：融合党建怎么抓", "书记讲党课：从支部工作谈起", "书记讲党课：把群众的事办好"),
    "exchange_visit": ("成员单位交流互访", "到示范点参观学习", "产业项目现场观摩"),
    "mutual_review": ("半年互学互检互评", "联合体工作互评会"),
    "volunteering": (
        "环境清洁志愿服务",
        "便民服务日",
        "助农抢收志愿服务",
        "义诊志愿服务",
        "文明交通志愿劝导",
        "敬老助残志愿服务",
        "草原防火巡护志愿服务",
        "政策宣讲志愿服务",
        "清雪除冰志愿服务",
        "植树造林志愿服务",
    ),
    "other": ("文艺联欢活动", "联合体工作例会", "产销对接会"),
}


def categories(rural: bool) -> tuple[str, ...]:
    """What people of the place speak of, the most frequent first."""
    return RURAL if rural else URBAN


def category(rng: Random, rural: bool) -> str:
    """A category, skewed towards the first ones."""
    pool = categories(rural)
    return pool[min(int(rng.expovariate(0.32)), len(pool) - 1)]


def need(rng: Random, kind: str, place: str) -> str:
    """A need of that category at the place."""
    return f"{place}{rng.choice(_fitting(NEEDS[kind], place))}"[:80]


def needs(rng: Random, kind: str, place: str, number: int) -> list[str]:
    """So many different needs of that category at the place; more than there are phrases come from several grids."""
    pool = _fitting(NEEDS[kind], place)
    rng.shuffle(pool)
    grids = ["", *(f"第{word}网格" for word in "二三四五六七八九")]
    return [f"{place}{grids[nth // len(pool)]}{pool[nth % len(pool)]}"[:80] for nth in range(number)]


def service(rng: Random, kind: str, place: str) -> str:
    """A service item of that category at the place."""
    return f"{place}{rng.choice(_fitting(SERVICES[kind], place))}"[:80]


def _fitting(phrases: tuple[str, ...], place: str) -> list[str]:
    """What may be said of a street or of a village."""
    strange = COUNTRYSIDE if place.endswith(("社区", "街道", "区")) else TOWNSCAPE
    return [phrase for phrase in phrases if not any(word in phrase for word in strange)] or list(phrases)
