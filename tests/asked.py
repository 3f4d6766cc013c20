"""What people really type, and the known types of goods they mean: one table for both engines, and for the bench.

Types are codes of products/data/types.json without their "LC-"; the first result must be one of `best`, and `also` are
right further down. Written from what buyers of highland goods ask in shops and in messages: both spellings, both
dialects, thumbs on small keys.
"""

from typing import NamedTuple


class Asked(NamedTuple):
    """A text and what it means."""

    typed: str
    best: frozenset[int]
    also: frozenset[int] = frozenset()


def _types(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split():
        first, _dash, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return frozenset(found)


SHAN, TEAS, HONEYS, RICE, STICKY = "1 2 6 7", "1-15", "97-99 101", "16-19 22", "18 20 21"
SMOKED, TROUT, GINSENG = "102-104", "111 113 114", "79 80 15 101 132 144"
MACADAMIA, HMONG_HEN, PORK = "68 69 128 145", "107 108", "103 105 106"
ROWS = [
    # tea
    ("chè shan tuyết", SHAN, TEAS), ("che shan tuyet", SHAN, TEAS), ("chè shan tuyết cổ thụ", "1 7", TEAS),
    ("cheshantuyet", SHAN, TEAS), ("che shan tuyeet", SHAN, TEAS), ("chef shan tuyeets", SHAN, TEAS),
    ("trà shan", SHAN, TEAS), ("tra shan tuyet co thu", "1 7", TEAS), ("trè shan tuyết", SHAN, TEAS),
    ("hồng trà", "6", TEAS), ("hong tra", "6", TEAS), ("bạch trà", "7", TEAS), ("trà ô long", "3", TEAS),
    ("tra olong", "3", TEAS), ("oolong tea", "3", TEAS), ("phổ nhĩ", "8", ""), ("pu erh", "8", ""), ("puer", "8", ""),
    ("trà phổ nhĩ bánh", "8", ""), ("matcha", "9", ""), ("mat cha", "9", ""), ("trà nhài", "11", TEAS),
    ("chè kim tuyên", "4", TEAS), ("kim tuyen", "4 93", ""), ("đông phương mỹ nhân", "5", ""), ("sencha", "10", ""),
    ("chè dây", "13", TEAS), ("giảo cổ lam", "14", ""), ("dần toòng", "14", ""), ("white tea", "7", TEAS),
    ("green tea", "2 9 10 11", TEAS), ("चाय", TEAS, ""), ("tea", TEAS, ""), ("che tuoi", "12", ""),
    # rice, grain, pulses
    ("gạo séng cù", "16 22", RICE), ("gao seng cu", "16 22", RICE), ("sengcu", "16 22", RICE),
    ("xéng cù", "16 22", RICE), ("gạo xeng cu", "16 22", RICE), ("gạo nếp", STICKY, "23"), ("nếp cẩm", "21", ""),
    ("nep cam", "21", ""), ("gạo lứt", "22", ""), ("gạo tẻ râu", "17", ""), ("gao te dau", "17", ""),
    ("khẩu ký", "19", ""), ("nếp tan", "18", ""), ("cốm", "23", ""), ("ngô nếp", "24", ""), ("bắp nếp", "24", ""),
    ("sticky rice", STICKY, ""), ("ý dĩ", "25", ""), ("bo bo", "25", ""), ("đậu nành", "28", "129"),
    ("dau tuong", "28", "129"), ("đỗ tương", "28", "129"), ("lạc đỏ", "27", ""), ("đậu phộng", "27", ""),
    ("dau phong", "27", ""), ("nạc đỏ", "27", ""), ("đậu nho nhe", "26", ""), ("peanut", "27", ""),
    ("चावल", "16-23", ""), ("mua gạo ngon ở đâu", "16-22", ""),
    # vegetables, mushrooms
    ("khoai sâm", "30", ""), ("khoai sam sin ho", "30", ""), ("hoàng sìn cô", "30", ""), ("sâm đất", "30", ""),
    ("yacon", "30", ""), ("khoai sọ", "31", ""), ("khoai mì", "34", ""), ("sắn", "34", "127"), ("bí ngô", "40", ""),
    ("bí đỏ", "40", ""), ("bí đao", "39", ""), ("gừng", "35", ""), ("nghệ", "36 126", ""), ("su su", "37 38", ""),
    ("ngọn su su", "38", ""), ("xu xu", "37 38", ""), ("cải mèo", "41", ""), ("cải mông", "41", ""),
    ("bắp cải", "42", ""), ("măng khô", "46", "45 122"), ("mang kho", "46", "45 122"), ("măng đắng", "45", ""),
    ("nấm hương", "47 48", ""), ("nam huong kho", "47", "48"), ("nấm đông cô", "47 48", ""),
    ("nấm", "47 48 49 88", ""), ("mộc nhĩ", "49", ""), ("nấm mèo", "49", ""), ("ớt khô", "78", "50"),
    ("atiso", "51 89", ""), ("actiso", "51 89", ""), ("artichoke", "51 89", ""), ("shiitake", "47 48", ""),
    ("rau dớn", "44", ""), ("rau rớn", "44", ""),
    # fruit
    ("dứa", "53", ""), ("thơm", "53", ""), ("khóm", "53", ""), ("đào", "55", ""), ("mận", "56", ""),
    ("lê tai nung", "54", ""), ("mắc cọp", "57", ""), ("mac coop", "57", ""), ("chanh leo", "62", "134"),
    ("chanh dây", "62", "134"), ("dâu tây", "63", ""), ("dau tay", "63", ""), ("táo mèo", "65", "124 125 133"),
    ("sơn tra", "65", "124 125 133"), ("thanh long", "66", ""), ("chuoi", "52 121", ""), ("truối", "52 121", ""),
    ("bưởi da xanh", "61", ""), ("mango", "58", ""), ("आम", "58", ""), ("nho hạ đen", "64", ""), ("quýt", "60", ""),
    ("ổi", "67", ""),
    # nuts, spices
    ("mắc ca", "68 69", MACADAMIA), ("macca", "68 69 128", MACADAMIA), ("mac ca say", "68", MACADAMIA),
    ("macadamia", "68 69 128", MACADAMIA), ("nhân mắc ca", "69", MACADAMIA), ("óc chó", "70", ""),
    ("hồ đào", "70", ""), ("thảo quả", "71 72", ""), ("thao qua kho", "71", "72"), ("black cardamom", "71 72", ""),
    ("इलायची", "71 72", ""), ("quế", "74 95", ""), ("cinnamon", "74 95", ""), ("mắc khén", "75", ""),
    ("mac khen", "75", ""), ("tiêu rừng", "75", ""), ("hạt dổi", "76", ""), ("hat zoi", "76", ""),
    ("chẩm chéo", "77", ""), ("cham treo", "77", ""), ("sa nhân", "73", ""),
    # medicinal
    ("sâm lai châu", "79", GINSENG), ("sam lai chau", "79", GINSENG), ("nhân sâm", "79", GINSENG + " 30 90"),
    ("ginseng", "79 80 15", GINSENG), ("bảy lá một hoa", "81", ""), ("thất diệp nhất chi hoa", "81", ""),
    ("tam thất", "82", ""), ("đương quy", "83 84", ""), ("duong qui", "83 84", ""), ("hà thủ ô", "85 86", ""),
    ("đông trùng hạ thảo", "87", ""), ("dong trung", "87", ""), ("linh chi", "88", ""), ("đẳng sâm", "90", ""),
    ("ba kích", "92", ""), ("lan kim tuyến", "93", ""), ("thuốc tắm dao đỏ", "94", ""),
    ("lá tắm người dao", "94", ""), ("tinh dầu sả", "96", ""), ("tinh dau que", "95", ""),
    # honey
    ("mật ong", HONEYS, "86"), ("mat ong rung", "97 99", HONEYS), ("matong", HONEYS, "86"),
    ("mật ong bạc hà", HONEYS, ""), ("mật ong mường tè", "98", HONEYS), ("phấn hoa", "100", ""),
    ("honey", HONEYS, "86"), ("शहद", HONEYS, "86"), ("mật ong dưới 200k", HONEYS, ""),
    ("giá mật ong rừng bao nhiêu 1 lít", "97 99", HONEYS),
    # meat, fish
    ("thịt trâu gác bếp", "102", SMOKED), ("trau gac bep", "102", SMOKED), ("thịt trâu khô", "102", SMOKED),
    ("thịt trâu hun khói", "102", SMOKED), ("thịt heo gác bếp", "103", SMOKED), ("thit lon gac bep", "103", SMOKED),
    ("heo bản", PORK, ""), ("lợn cắp nách", "105 106", PORK), ("lợn đen", "105", PORK), ("nợn đen", "105", PORK),
    ("lạp xưởng", "104", ""), ("lạp sườn", "104", ""), ("gà đen", "107", HMONG_HEN), ("ga hmong", HMONG_HEN, ""),
    ("gà h'mông", HMONG_HEN, ""), ("trứng gà", "108", ""), ("chứng gà đen", "108", ""), ("thịt dê", "110", ""),
    ("cá hồi", "111 113 114", ""), ("ca hoi sa pa", "111 113 114", ""), ("cá tầm", "112 115", ""),
    ("chà bông cá hồi", "114", TROUT), ("caviar", "115", ""), ("cá chép", "117", ""), ("smoked pork", "103", ""),
    # processed, drinks
    ("miến dong", "119", ""), ("mien dong", "119", ""), ("mien rong", "119", ""), ("bún tàu", "119", ""),
    ("miến bình lư", "119", ""), ("khẩu xén", "120", ""), ("chuối sấy", "121", ""), ("tương ớt", "123", ""),
    ("giấm táo mèo", "124", ""), ("dấm táo mèo", "124", ""), ("tinh bột nghệ", "126", ""), ("bột sắn dây", "127", ""),
    ("rượu ngô", "130", ""), ("rượu bắp", "130", ""), ("ruou tao meo", "133", ""), ("rượu sâm", "132", ""),
    # craft, plants, tourism
    ("khăn piêu", "135", ""), ("túi thổ cẩm", "136", ""), ("tui tho cam", "136", ""), ("gùi", "139", ""),
    ("địu mây", "139 140", ""), ("khèn mông", "141", ""), ("khen meo", "141", ""), ("địa lan", "142", ""),
    ("hoa ly", "143", ""), ("cây giống mắc ca", "145", ""), ("homestay sin suối hồ", "147", "148"),
    ("nhà nghỉ bản", "147 148", ""), ("vải lanh", "138", ""), ("scarf", "135", ""),
]  # fmt: skip
TABLE = [Asked(typed, _types(best), _types(also)) for typed, best, also in ROWS]
