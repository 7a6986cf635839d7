"""The words around pictures and explorers in the notebook's language; inside, axes keep English and symbols."""

from initlab.messages import LANGUAGES

# In the order of LANGUAGES.
WORDS = {
    "activation_function": ("activation", "활성화 함수"),
    "again": ("Start again", "다시 시작"),
    "depth": ("depth", "깊이"),
    "draw": ("Draw {n} more", "{n}개 더 뽑기"),
    "expect": ("I expect", "내 예상"),
    "factor": ("factor", "배율"),
    "he": ("mark He's value", "He 값 표시"),
    "layer": ("open layer", "열어 볼 층"),
    "new_seed": ("New seed", "새 시드"),
    "reveal": ("Reveal", "확인하기"),
    "seed": ("seed", "시드"),
    "variance": ("weight variance", "가중치 분산"),
    "width": ("width", "너비"),
    "sigma_title": ("sigma squared explorer", "시그마 제곱 탐색기"),
    "predict_title": ("predict, then reveal", "예상하고 확인하기"),
    "luck_title": ("the luck of the draw", "뽑기의 운"),
    "expected": ("You expect {expected}.", "지금 예상은 {expected}입니다."),
    "question": (
        "What will {ratio} be when every weight has variance {sigma_sq}? Set what you expect, then reveal.",
        "모든 가중치의 분산이 {sigma_sq}이면 {ratio}의 값은 얼마일까요? 예상을 먼저 정한 뒤 확인하세요.",
    ),
    "question_against": (
        "By which factor does {ratio} change when the variance of every weight is {sigma_sq} instead of {against}, "
        "on the same draw? Set what you expect, then reveal.",
        "같은 난수로 뽑되 모든 가중치의 분산을 {against} 대신 {sigma_sq}(으)로 하면 {ratio}의 값은 몇 배가 될까요? "
        "예상을 먼저 정한 뒤 확인하세요.",
    ),
    "answer": (
        "You expected {expected}. Measured with seed {seed}: {measured}.",
        "예상은 {expected}, 시드 {seed}에서 측정한 값은 {measured}입니다.",
    ),
    "too_large": (
        "Your value is {times} times too large, which is {decades} powers of ten.",
        "예상이 너무 큽니다. 측정값의 {times}배(약 10의 {decades}제곱 배)입니다.",
    ),
    "too_small": (
        "Your value is {times} times too small, which is {decades} powers of ten.",
        "예상이 너무 작습니다. 측정값은 예상의 {times}배(약 10의 {decades}제곱 배)입니다.",
    ),
    "same": ("The two agree to three digits.", "두 값은 세 자리까지 같습니다."),
    "spread": (
        "Of 200 seeds, 95% lie between {low} and {high}.",
        "시드 200개 가운데 95%는 {low}에서 {high} 사이에 있습니다.",
    ),
    "sigma": (
        "{K} layers of {D} {activation} units, sigma squared {sigma_sq}, seed {seed}. "
        "Std of activations h: {first_h} at layer 1, {last_h} at layer {K}. "
        "Std of gradients dl/df: {last_g} at layer {before}, {first_g} at layer 1.",
        "{activation} 유닛 {D}개짜리 층 {K}개, 시그마 제곱 {sigma_sq}, 시드 {seed}. "
        "활성값 h의 표준편차: 1층 {first_h}, {K}층 {last_h}. "
        "기울기 dl/df의 표준편차: {before}층 {last_g}, 1층 {first_g}.",
    ),
    "opened": ("Histogram of layer {layer}: {details}.", "{layer}층의 히스토그램: {details}."),
    "luck": (
        "{count} seeds. Median of {ratio}: {median}; 95% lie between {low} and {high}. "
        "The newest, seed {seed}: {newest}.",
        "시드 {count}개. {ratio}의 중앙값은 {median}이고, 95%는 {low}에서 {high} 사이에 있습니다. "
        "가장 최근의 시드 {seed}: {newest}.",
    ),
    "dead": (
        "Dead, with a ratio of 0 and in no bar: {dead}.",
        "이 가운데 {dead}개는 모든 유닛이 꺼진 층이 있어 비가 0이며, 막대에는 들어 있지 않습니다.",
    ),
    "by_layer": ("{title}. {what} by layer, log scale. {said}.", "{title}. 층별 {what}, 로그 눈금. {said}."),
    "curve": ("{label}: {value} at layer {at}, {last} at layer {then}", "{label}: {at}층 {value}, {then}층 {last}"),
    "band": ("{label}: {low} to {high} at layer {at}", "{label}: {at}층에서 {low}부터 {high}까지"),
    "not_written": (
        "{name} is not written yet: nothing to draw.",
        "{name} 함수가 아직 비어 있어 그릴 것이 없습니다.",
    ),
}


def words(key, **fields):
    """Return the words for key, in the language the notebook chose with checks.speak, with their fields filled in."""
    from initlab.checks.session import current

    return WORDS[key][LANGUAGES.index(current().lang)].format(**fields)
