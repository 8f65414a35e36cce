"""What organisations are: sector, industry, level, ownership; and the generic names of the synthetic ones."""

from __future__ import annotations

from dataclasses import dataclass

from members.models import Organization

S, I, L, O = (  # noqa: E741
    Organization.Sector,
    Organization.Industry,
    Organization.Level,
    Organization.Ownership,
)


@dataclass(frozen=True, slots=True)
class Trade:
    """From this the ways of crossing are computed."""

    sector: str
    industry: str
    level: str
    ownership: str = O.PUBLIC


COUNTY_ORGANS = (
    ("组织部", I.PARTY_AFFAIRS),
    ("宣传部", I.PARTY_AFFAIRS),
    ("统战部", I.PARTY_AFFAIRS),
    ("政法委", I.JUSTICE),
    ("直属机关工委", I.PARTY_AFFAIRS),
    ("发展和改革委员会", I.INDUSTRY),
    ("教育局", I.EDUCATION),
    ("科学技术局", I.EDUCATION),
    ("工业和信息化局", I.INDUSTRY),
    ("民族事务委员会", I.CIVIL),
    ("公安局", I.JUSTICE),
    ("民政局", I.CIVIL),
    ("司法局", I.JUSTICE),
    ("财政局", I.FINANCE),
    ("人力资源和社会保障局", I.CIVIL),
    ("自然资源局", I.CONSTRUCTION),
    ("生态环境分局", I.CONSTRUCTION),
    ("住房和城乡建设局", I.CONSTRUCTION),
    ("交通运输局", I.CONSTRUCTION),
    ("水利局", I.AGRICULTURE),
    ("农牧局", I.AGRICULTURE),
    ("林业和草原局", I.AGRICULTURE),
    ("文化和旅游局", I.CULTURE),
    ("卫生健康委员会", I.HEALTH),
    ("退役军人事务局", I.CIVIL),
    ("应急管理局", I.JUSTICE),
    ("审计局", I.FINANCE),
    ("市场监督管理局", I.COMMERCE),
    ("统计局", I.FINANCE),
    ("医疗保障局", I.HEALTH),
    ("信访局", I.CIVIL),
    ("行政审批服务局", I.GOVERNANCE),
    ("城市管理综合执法局", I.CONSTRUCTION),
    ("人民法院", I.JUSTICE),
    ("人民检察院", I.JUSTICE),
    ("总工会", I.CIVIL),
    ("共青团", I.CIVIL),
    ("妇联", I.CIVIL),
    ("残联", I.CIVIL),
    ("科协", I.EDUCATION),
    ("工商联", I.COMMERCE),
    ("税务局", I.FINANCE),
    ("气象局", I.AGRICULTURE),
    ("档案馆", I.CULTURE),
    ("供销社", I.COMMERCE),
    ("红十字会", I.HEALTH),
)
BRANCHES = ("服务中心", "事务中心", "执法大队", "离退休干部", "机关第二")

TOWN_UNITS = (
    ("中心小学", Trade(S.SCHOOL, I.EDUCATION, L.TOWN)),
    ("中学", Trade(S.SCHOOL, I.EDUCATION, L.TOWN)),
    ("幼儿园", Trade(S.SCHOOL, I.EDUCATION, L.TOWN)),
    ("卫生院", Trade(S.INSTITUTION, I.HEALTH, L.TOWN)),
    ("派出所", Trade(S.ORGAN, I.JUSTICE, L.TOWN)),
    ("司法所", Trade(S.ORGAN, I.JUSTICE, L.TOWN)),
    ("市场监管所", Trade(S.ORGAN, I.COMMERCE, L.TOWN)),
    ("财政所", Trade(S.ORGAN, I.FINANCE, L.TOWN)),
    ("农牧技术服务站", Trade(S.INSTITUTION, I.AGRICULTURE, L.TOWN)),
    ("林业工作站", Trade(S.INSTITUTION, I.AGRICULTURE, L.TOWN)),
    ("综合文化站", Trade(S.INSTITUTION, I.CULTURE, L.TOWN)),
    ("供电所", Trade(S.STATE_ENTERPRISE, I.INDUSTRY, L.TOWN)),
    ("信用社", Trade(S.STATE_ENTERPRISE, I.FINANCE, L.TOWN)),
    ("邮政支局", Trade(S.STATE_ENTERPRISE, I.COMMUNICATION, L.TOWN)),
)

_FIRM = (L.PRIMARY, O.PRIVATE)
_FIRMS = tuple(
    (word, Trade(S.PRIVATE_ENTERPRISE, industry, *_FIRM))
    for word, industry in (
        ("农产品加工企业", I.AGRICULTURE),
        ("杂粮加工企业", I.AGRICULTURE),
        ("肉牛养殖企业", I.AGRICULTURE),
        ("乳品加工企业", I.INDUSTRY),
        ("绒毛加工企业", I.INDUSTRY),
        ("建材企业", I.INDUSTRY),
        ("矿业企业", I.INDUSTRY),
        ("生物制药企业", I.INDUSTRY),
        ("商贸企业", I.COMMERCE),
        ("物流企业", I.COMMERCE),
        ("电子商务企业", I.COMMERCE),
        ("餐饮企业", I.COMMERCE),
        ("旅行社", I.CULTURE),
        ("个体私营企业", I.COMMERCE),
        ("建筑安装企业", I.CONSTRUCTION),
        ("保安服务企业", I.JUSTICE),
    )
)
ENTERPRISES = (
    *_FIRMS,
    ("供热公司", Trade(S.STATE_ENTERPRISE, I.CONSTRUCTION, L.COUNTY)),
    ("自来水公司", Trade(S.STATE_ENTERPRISE, I.CONSTRUCTION, L.COUNTY)),
    ("电信分公司", Trade(S.STATE_ENTERPRISE, I.COMMUNICATION, L.COUNTY)),
    ("农业银行支行", Trade(S.STATE_ENTERPRISE, I.FINANCE, L.COUNTY)),
    ("第一中学", Trade(S.SCHOOL, I.EDUCATION, L.COUNTY)),
    ("职业教育中心", Trade(S.SCHOOL, I.EDUCATION, L.COUNTY)),
    ("医院", Trade(S.INSTITUTION, I.HEALTH, L.COUNTY)),
    ("中蒙医院", Trade(S.INSTITUTION, I.HEALTH, L.COUNTY)),
    ("妇幼保健院", Trade(S.INSTITUTION, I.HEALTH, L.COUNTY)),
)
SOCIAL = tuple(
    (word, Trade(S.SOCIAL, industry, *_FIRM))
    for word, industry in (
        ("志愿者协会", I.CIVIL),
        ("律师事务所联合", I.JUSTICE),
        ("个体劳动者协会", I.COMMERCE),
        ("社会工作服务中心", I.CIVIL),
        ("养老服务中心", I.CIVIL),
        ("心理咨询协会", I.HEALTH),
        ("老年体育协会", I.CULTURE),
        ("乌兰牧骑文艺志愿队", I.CULTURE),
        ("民办教育机构联合", I.EDUCATION),
        ("农村电商协会", I.COMMERCE),
    )
)
COOPERATIVES = ("种植", "养殖", "肉羊养殖", "设施蔬菜", "农机服务", "杂粮种植", "林果", "中药材种植")

WORDS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("农牧", "林草", "畜牧", "种子"), S.ORGAN, I.AGRICULTURE, O.PUBLIC),
    (("大学", "学校", "中学"), S.SCHOOL, I.EDUCATION, O.PUBLIC),
    (("信用社", "农发行", "银行"), S.STATE_ENTERPRISE, I.FINANCE, O.PUBLIC),
    (("供销社",), S.STATE_ENTERPRISE, I.COMMERCE, O.COLLECTIVE),
    (("通信", "邮政"), S.STATE_ENTERPRISE, I.COMMUNICATION, O.PUBLIC),
    (("物业",), S.PRIVATE_ENTERPRISE, I.CONSTRUCTION, O.PRIVATE),
    (("水泥", "多氟多", "项目"), S.PRIVATE_ENTERPRISE, I.INDUSTRY, O.PRIVATE),
    (("农业有限公司", "牧业", "合作社"), S.PRIVATE_ENTERPRISE, I.AGRICULTURE, O.PRIVATE),
    (("公司", "企业"), S.PRIVATE_ENTERPRISE, I.COMMERCE, O.PRIVATE),
    (("医院",), S.INSTITUTION, I.HEALTH, O.PUBLIC),
    (("登记中心",), S.INSTITUTION, I.CONSTRUCTION, O.PUBLIC),
    (("法院", "公安", "司法"), S.ORGAN, I.JUSTICE, O.PUBLIC),
    (("住建", "城管"), S.ORGAN, I.CONSTRUCTION, O.PUBLIC),
    (("民政", "妇联", "民委"), S.ORGAN, I.CIVIL, O.PUBLIC),
    (("国税", "地税"), S.ORGAN, I.FINANCE, O.PUBLIC),
    (("村",), S.VILLAGE, I.AGRICULTURE, O.COLLECTIVE),
)


def trade_of(name: str) -> Trade:
    """What a name that a report gives says about the organisation."""
    sector, industry, ownership = str(S.ORGAN), str(I.OTHER), str(O.PUBLIC)
    for words, *found in WORDS:
        if any(word in name for word in words):
            sector, industry, ownership = found
            break
    return Trade(sector, industry, _level(name, sector), ownership)


def _level(name: str, sector: str) -> str:
    if name.startswith("国家"):
        return L.CENTRAL
    if name.startswith("内蒙古"):
        return L.PROVINCE
    if name.startswith(("赤峰市", "河北省承德市")):
        return L.CITY
    return L.COUNTY if sector in {S.ORGAN, S.INSTITUTION, S.SCHOOL, S.STATE_ENTERPRISE} else L.PRIMARY
