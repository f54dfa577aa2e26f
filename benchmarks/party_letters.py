"""Sentences of made-up letters with their parties marked: what the trained component learns from.

Every word here is written for this purpose; nothing is taken from a letter. Names are put
together from a head ("Nông trường"), a field ("trồng và chế biến cà phê") and a place, so that
most of them exist nowhere: the component must learn how a name stands in a sentence, not names.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

HEADS = """
Sở|Bộ|Phòng|Chi cục|Cục|Tổng cục|Ban|Ban Quản lý|Ban Chỉ đạo|Trung tâm|Viện|Trường|
Bệnh viện|Quỹ|Công ty|Công ty Cổ phần|Công ty TNHH|Tổng công ty|Tập đoàn|Hội|Hiệp hội|
Liên hiệp|Đội|Tổ|Trạm|Nông trường|Lâm trường|Xí nghiệp|Nhà máy|Binh đoàn|Trung đoàn|Sư
đoàn|Lữ đoàn|Đồn|Hải đội|Khối|Cụm|Chi hội|Liên chi hội|Xưởng|Nhà Văn hóa|Nhà Thiếu nhi|
Cung|Khu di tích|Khu bảo tồn|Bảo tàng|Thư viện|Văn phòng|Văn phòng Luật sư|Ngân hàng|Hợp
tác xã|Liên đoàn|Câu lạc bộ|Cảng|Bến xe|Kho|Học viện|Ban Liên lạc|Hội đồng|Tiểu ban|
Đoàn|Xí nghiệp|Vườn|Làng|Trại|Hạt|Nhà khách|Hãng|Sàn giao dịch|Tạp chí|Báo|Đài|Nhà
xuất bản|Nhà hát|Phân viện|Phân xã|Chi nhánh|Tổng kho|Ủy ban|Thường trực Hội đồng|Mạng
lưới|Dự án|Quỹ Tín dụng nhân dân|Phòng khám|Nhà máy Thủy điện|Đội Quản lý|Ban Giám sát
""".replace("\n", " ")
FIELDS = """
Quản lý chất lượng công trình|Kiểm nghiệm dược phẩm|Giám định tư pháp|Bảo vệ rừng|Chăn nuôi và
Thú y|Trồng trọt|Thủy lợi|Giống cây trồng|Dịch vụ việc làm|Xúc tiến du lịch|Hỗ trợ doanh
nghiệp|Đào tạo nghề|Công nghệ sinh học|Ứng dụng tiến bộ khoa học|Quan trắc môi trường|Phát
triển quỹ đất|Giám sát an ninh mạng|Điều hành giao thông|Cấp thoát nước|Chiếu sáng công cộng|
Cây xanh đô thị|Bảo trì đường bộ|Vận tải hành khách|Khai thác mủ cao su|Chế biến nông sản|Sản
xuất vật liệu|Thương mại và Dịch vụ|Xuất nhập khẩu|Tư vấn thiết kế|Kiểm định xây dựng|Đo đạc
bản đồ|Lưu trữ lịch sử|Bảo tồn di sản|Nghệ thuật truyền thống|Huấn luyện thể thao|Chăm sóc
người có công|Bảo trợ xã hội|Công tác xã hội|Nuôi dưỡng người cao tuổi|Phục hồi chức năng|Sức
khỏe sinh sản|Pháp y|Truyền máu|Cấp cứu|Da liễu|Răng hàm mặt|Y học cổ truyền|Phòng chống
bệnh xã hội|Giáo dục thường xuyên|Giáo dục hòa nhập|Ngoại ngữ - Tin học|Kỹ thuật tổng hợp|
Chính trị - Hành chính|Bồi dưỡng cán bộ|Dân số và Phát triển|Bảo vệ quyền trẻ em|Nạn nhân chất
độc|Cựu thanh niên|Nghề cá|Làm vườn|Sinh vật cảnh|Văn học nghệ thuật|Nhà báo|Kiến trúc sư|
Doanh nhân trẻ|Nữ doanh nhân|Ngành nghề nông thôn|Lúa gạo|Cà phê - Ca cao|Điều hành chuyển
đổi số|Khắc phục hậu quả thiên tai|Phòng thủ dân sự|An toàn, vệ sinh lao động|Phòng, chống ma
túy|Giải phóng mặt bằng|Tái định cư|Rà soát quy hoạch|Quản trị dữ liệu|Hạ tầng số|Bưu chính|
Phát hành sách|Đấu giá tài sản|Công chứng|Trợ giúp pháp lý|Thẩm định giá|Tin học|Thông tin
đối ngoại|Kinh tế cửa khẩu|Khu công nghiệp|Cụm công nghiệp|Kinh tế biển|Cứu nạn hàng hải|
Kiểm ngư|Khuyến công|Tiết kiệm năng lượng|Điện nông thôn|Thủy văn|Địa chất|Khoáng sản|Tài
nguyên nước|Biển đảo|Biến đổi khí hậu|Đa dạng sinh học|Kiểm dịch thực vật|Nước sạch nông
thôn|Trồng và chế biến cà phê|Vệ sinh môi trường|Tư vấn tâm lý|Đầu tư tài chính|Bảo lãnh tín
dụng|Vì người nghèo|Khuyến học, khuyến tài|Hỗ trợ nông dân|Bảo trì đường bộ và đường thủy|
Việt Hưng|Thành Công|An Phú|Đại Phát|Hoàng Long|Tân Tiến|Minh Tâm|Phú Thịnh|Trường Sơn|Số
1|số 24|15
""".replace("\n", " ")
PLACES = """
tỉnh|tỉnh|tỉnh|tỉnh|huyện|thành phố|Thành phố|xã|thị xã|khu vực|khu vực miền Trung|Việt
Nam|Trung ương|tỉnh Gia Lai|tỉnh Đắk Lắk|thành phố Đà Nẵng|huyện Kbang|huyện Chư Sê|Kon
Tum|Bình Định|Hà Nội|Lào Cai|Quảng Trị|thị xã An Khê|huyện Mường Tè|xã Ia Mơ|phường Thống
Nhất|Cần Thơ|An Giang|huyện Cư M'gar|Tây Nguyên|Bắc Trung Bộ|thành phố Pleiku|đặc khu Lý
Sơn|Sơn La|quận Hai Bà Trưng
""".replace("\n", " ")
POSITIONS = """
Giám đốc|Phó Giám đốc|Trưởng ban|Phó Trưởng ban|Chủ tịch|Phó Chủ tịch|Trưởng phòng|Hiệu
trưởng|Cục trưởng|Chi cục trưởng|Thủ trưởng|lãnh đạo|Viện trưởng|Tổng Giám đốc|Chủ nhiệm|
Đội trưởng
""".replace("\n", " ")
GROUPS = """
các sở, ban, ngành|các cơ quan, đơn vị liên quan|các đơn vị có liên quan|các địa phương|các
sở, ngành, địa phương có liên quan|các tổ chức chính trị - xã hội|các doanh nghiệp trên địa bàn|
các cơ sở giáo dục|các phòng, ban chuyên môn|các hội đặc thù|các chủ rừng|các trường học|các
hợp tác xã|các hộ kinh doanh|các cơ quan báo chí|các lực lượng chức năng|các nhà thầu|các đơn
vị trực thuộc
""".replace("\n", " ")
KNOWN = """
Sở Nội vụ|Sở Tài chính|Sở Y tế|Sở Kế hoạch và Đầu tư|Sở Văn hóa, Thể thao và Du lịch|Công an
tỉnh|UBND tỉnh|UBND huyện|UBND các huyện, thành phố|Bộ Nội vụ|Bộ Y tế|Hội Nông dân tỉnh|
Tỉnh đoàn|Thanh tra tỉnh|Sở Lao động - Thương binh và Xã hội|Bộ Chỉ huy Quân sự tỉnh|Cục Thuế
tỉnh|Kho bạc Nhà nước
""".replace("\n", " ")
VERBS = """
tham mưu|rà soát|tổng hợp|xây dựng kế hoạch|triển khai thực hiện|hướng dẫn|kiểm tra|đôn
đốc|tổ chức tập huấn|cập nhật số liệu|báo cáo kết quả|bố trí kinh phí|cung cấp hồ sơ|thẩm
định dự toán|tuyên truyền|lập danh sách|hoàn thiện thủ tục|bàn giao mặt bằng|vận hành hệ
thống|khắc phục sự cố|niêm yết công khai|tiếp nhận hồ sơ|đăng tải thông tin|cử cán bộ tham
gia|sửa chữa hư hỏng|đánh giá hiện trạng|thống kê thiệt hại|trồng lại rừng|thu hồi diện tích|
di dời hộ dân|nghiệm thu công trình|ký kết quy chế|xử lý vi phạm|phân bổ vốn|khảo sát thực
địa|lắp đặt biển báo|chuẩn bị địa điểm|phát động phong trào|biểu dương gương điển hình|gửi ý
kiến góp ý|khẩn trương hoàn thành|nghiêm túc thực hiện|kịp thời xử lý|chủ động rà soát|tiếp
tục theo dõi|thường xuyên nhắc nhở|quản lý chặt chẽ|nâng cấp phần mềm|trích nộp kinh phí|mở
lớp bồi dưỡng|đề xuất giải pháp|in ấn tài liệu|cấp phát thuốc
""".replace("\n", " ")
DOING = """
rà soát|kiểm tra|tổng hợp|xây dựng|triển khai|thực hiện|hướng dẫn|đôn đốc|theo dõi|giám
sát|đánh giá|báo cáo|cung cấp|bố trí|cập nhật|hoàn thiện|hoàn thành|thẩm định|phê duyệt|
ban hành|công bố|niêm yết|tiếp nhận|giải quyết|xử lý|khắc phục|sửa chữa|nâng cấp|lắp đặt|
vận hành|bàn giao|nghiệm thu|thanh toán|quyết toán|phân bổ|điều chỉnh|bổ sung|thu hồi|
kiện toàn|thành lập|tổ chức|chuẩn bị|đăng ký|đề xuất|tham mưu|trình|gửi|lập|cử|mời|
phối hợp xử lý|xác minh|thống kê|khảo sát|điều tra|tuyên truyền|phổ biến|quán triệt|vận
động|huy động|hỗ trợ|tư vấn|đào tạo|tập huấn|bồi dưỡng|thanh tra|kiểm soát|ngăn chặn|
tháo gỡ|đẩy nhanh|đẩy mạnh|tăng cường|nâng cao|bảo đảm|duy trì|nhân rộng|số hóa|kết nối|
chia sẻ|lưu trữ|công khai|lấy ý kiến|góp ý|trả lời|giải trình|chấn chỉnh|chỉ đạo|yêu cầu|
thông báo|đăng tải|phát sóng|treo|trồng|chăm sóc|di dời|cắm mốc|đo đạc|kê khai|rút kinh
nghiệm|khen thưởng|biểu dương|xem xét|quản lý
""".replace("\n", " ")
NOUNS = """
hồ sơ|danh mục công trình|kế hoạch chi tiết|số liệu|dự toán|tiến độ|các vướng mắc|nội dung
trên|nhiệm vụ được giao|việc chấp hành|quy chế phối hợp|văn bản liên quan|phương án|kinh
phí|nguồn vốn|các tuyến đường|diện tích rừng|công tác phòng cháy|chất lượng nước|hộ nghèo|
đối tượng chính sách|cơ sở dữ liệu|phần mềm|trang thiết bị|đội ngũ cán bộ|danh sách đại biểu|
các điều kiện cần thiết|thủ tục hành chính|kết quả kiểm tra|ý kiến cử tri|đơn thư|tình hình
dịch bệnh|giá cả thị trường|nông sản|cây giống|công trình thủy lợi|hệ thống chiếu sáng|đề án
vị trí việc làm|báo cáo chuyên đề|tài liệu cuộc họp|chỉ tiêu|quy hoạch
""".replace("\n", " ")
MANNERS = """
khẩn trương|kịp thời|chủ động|tiếp tục|thường xuyên|nghiêm túc|tích cực|tập trung|trực
tiếp|định kỳ|phải|cần|có trách nhiệm|chịu trách nhiệm|căn cứ tình hình thực tế,|theo chức
năng, nhiệm vụ được giao,|để
""".replace("\n", " ")
SYLLABLES = """
an bản bảo bình cảnh cao chất chế chính chủ công cơ cứu dân di dịch du dự đa đào điện định độ
đội đồng đường gia giá giáo hải hàng hậu hệ hiến hiệu hóa hoa học hội hợp huấn hữu khai khí khoa
kiến kỹ lâm lao liên lịch loại lợi luật lực mạng minh mỏ nghệ nghiệp ngoại nguồn nhân nhiên nông
phát phân phòng phục quan quản quốc quy rừng sinh số sự tài tâm thái thanh thể thiết thông thuật
thủy thương tích tin tổng trang trí trị trình trồng truyền tư tự tuyến ứng vận văn vật viên việt
vực xã xuất xưởng y yếu
"""
OBJECTS = """
theo quy định|trong quý III|trước ngày 15/5|trên địa bàn|của năm 2023|đối với các dự án chậm
tiến độ|cho người lao động|tại Quyết định số 12/QĐ-UBND|phục vụ kỳ họp|về chuyển đổi số|nêu
trên|bảo đảm đúng tiến độ|theo chức năng, nhiệm vụ được giao|để tổng hợp|hằng tháng|trong
toàn ngành
""".replace("\n", " ")
FRAMES = (
    "Giao {p} chủ trì, phối hợp với {p} {v} {o}.",
    "Giao {p} {v} {o}; {p} phối hợp thực hiện.",
    "{p} chủ trì, phối hợp với {p}, {p} và {g} {v} {o}.",
    "Đề nghị {p} {v} {o}.",
    "Đề nghị {p}, {p} {v} {o}, gửi về {p} trước ngày 20/6.",
    "Yêu cầu {p} và {p} {v} {o}.",
    "Yêu cầu {g}, {p} {v} {o}.",
    "- {p}: {v} {o}.",
    "1. {p}",
    "2. {p} {v} {o}.",
    "a) Phối hợp với {p} {v} {o}.",
    "Phối hợp với {p} và {p} {v} {o}.",
    "Cơ quan chủ trì: {p}. Cơ quan phối hợp: {p}; {p}; {g}.",
    "{p}",
    "{p}, {p}",
    "{p}; {p}; {p}",
    "{p} có trách nhiệm {v} {o}.",
    "{p} chịu trách nhiệm {v} và {v} {o}.",
    "Phân công {q} {v} {o}.",
    "{q} chủ trì, cùng {p} {v} {o}.",
    "Trên cơ sở đề xuất của {p}, {p} {v} {o}.",
    "Sau khi có ý kiến của {p}, giao {p} {v} {o}.",
    "Kịp thời báo cáo {p} xem xét, chỉ đạo.",
    "{v} và gửi kết quả về {p} {o}.",
    "{V} {o}; phối hợp {p} {v}.",
    "{V} theo hướng dẫn của {p} {o}.",
    "{V} {o}.",
    "Thực hiện Công văn số 45/{c} của {p} về việc {v} {o}.",
    "Căn cứ Tờ trình của {p}, {p} {v}.",
    "Tổ chức thực hiện nghiêm túc các nhiệm vụ {o}.",
    "Báo cáo kết quả {o} trước ngày 25 hằng tháng.",
    "Trường hợp vướng mắc, {g} phản ánh về {p} để được hướng dẫn.",
    "Kính gửi: {p}.",
)


class Sentence(NamedTuple):
    """Words and the parties in them: (start, end, label)."""

    text: str
    parties: tuple[tuple[int, int, str], ...]


def sentences(seed: int, count: int, unseen: bool = False) -> Iterator[Sentence]:
    """`count` made-up sentences; the same for the same seed.

    `unseen`: heads, fields and verbs are of the fifth that is kept away from training.
    """
    writer = _Writer(Random(seed), unseen)
    for _ in range(count):
        yield writer.sentence()


class _Writer:
    def __init__(self, random: Random, unseen: bool) -> None:
        self.random = random
        self.unseen = unseen
        self.slots: dict[str, tuple[str | None, Callable[[], str]]] = {
            "p": ("AGENCY", self.agency),
            "q": ("OFFICIAL", self.official),
            "g": ("GROUP", lambda: self.one_of(GROUPS)),
            "v": (None, self.doing),
            "V": (None, lambda: self.doing().capitalize()),
            "o": (None, lambda: self.one_of(OBJECTS)),
            "c": (None, lambda: self.random.choice(("SNV-TCHC", "UBND-KT", "TTKN", "CCKL-QLR"))),
        }

    def one_of(self, words: str) -> str:
        return self.random.choice([" ".join(word.split()) for word in words.split("|")])

    def split(self, words: str) -> str:
        """A word of the four fifths for training, or of the fifth that is kept away."""
        all_words = [" ".join(word.split()) for word in words.split("|")]
        return self.random.choice(
            [word for i, word in enumerate(all_words) if (i % 5 == 0) == self.unseen]
        )

    def sentence(self) -> Sentence:
        text, parties = "", []
        for piece in self.random.choice(FRAMES).split("{"):
            slot, mark, rest = piece.partition("}")
            if not mark:
                text += piece
                continue
            label, write = self.slots[slot]
            words = write()
            if label:
                parties.append((len(text), len(text) + len(words), label))
            text += words + rest
        return self.shouted(Sentence(text, tuple(parties)))

    def shouted(self, sentence: Sentence) -> Sentence:
        loud = self.random.random() < 0.03
        return Sentence(sentence.text.upper(), sentence.parties) if loud else sentence

    def agency(self) -> str:
        kind = self.random.random()
        if kind < 0.3:
            return self.one_of(KNOWN)
        field = self.split(FIELDS) if self.random.random() < 0.6 else self.nonsense()
        if kind < 0.55:
            field = field[:1] + field[1:].lower() if self.random.random() < 0.5 else field.lower()
        head = self.split(HEADS)
        place = f" {self.one_of(PLACES)}" if self.random.random() < 0.6 else ""
        belongs = f" thuộc {self.one_of(KNOWN)}" if self.random.random() < 0.04 else ""
        return f"{head} {field}{place}{belongs}"

    def nonsense(self) -> str:
        """A field that means nothing: only its place in the sentence tells that it is a name."""
        syllables = self.random.choices(SYLLABLES.split(), k=self.random.randint(2, 6))
        words = " ".join(syllables)
        return words.title() if self.random.random() < 0.2 else words.capitalize()

    def doing(self) -> str:
        """What is asked: "khẩn trương rà soát danh mục công trình"."""
        if self.random.random() < 0.2:
            return self.split(VERBS)
        manner = f"{self.one_of(MANNERS)} " if self.random.random() < 0.25 else ""
        second = f", {self.split(DOING)}" if self.random.random() < 0.3 else ""
        return f"{manner}{self.split(DOING)}{second} {self.split(NOUNS)}"

    def official(self) -> str:
        return f"{self.one_of(POSITIONS)} {self.agency()}"
