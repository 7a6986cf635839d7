"""What is written in and about the small pictures: title, the student's curve, the band, and the text alternative.

Words inside a picture are English and symbols in both languages, so that no Korean font is needed to draw it.
"""

PICTURES = {
    "picture.forward": {
        "en": ("std of h by layer", "yours", "expected",
               "Standard deviation of the activations by layer on a log axis: yours goes from {first} at layer "
               "{first_layer} to {last} at layer {last_layer}; the band expected there is {low} to {high}."),
        "ko": ("std of h by layer", "yours", "expected",
               "층별 활성값(activation)의 표준편차, 로그 축: 내 값은 {first_layer}번 층의 {first}에서 {last_layer}번 층의 "
               "{last}까지 가고, 그곳에서 기대하는 범위는 {low}부터 {high}까지입니다."),
    },
    "picture.backward": {
        "en": ("std of dl/df, relative to the last", "yours", "expected",
               "Standard deviation of dl/df by layer, relative to the last one, on a log axis: yours is {first} "
               "at layer {first_layer} and {last} at layer {last_layer}; the band expected at layer "
               "{first_layer} is "
               "{first_low} to {first_high}."),
        "ko": ("std of dl/df, relative to the last", "yours", "expected",
               "마지막 층을 1로 둔 층별 dl/df의 표준편차, 로그 축: 내 값은 {first_layer}번 층에서 {first}, {last_layer}번 "
               "층에서 {last}이고, {first_layer}번 층에서 기대하는 범위는 {first_low}부터 {first_high}까지입니다."),
    },
    "picture.expected": {
        "en": ("expected size after each layer", "your variance", "98 of 100 right draws",
               "The size that a signal has after each layer, relative to the first, on a log axis: with your "
               "variance it is "
               "{last} after {last_layer} layers; 98 of 100 right draws lie between {low} and {high}."),
        "ko": ("expected size after each layer", "your variance", "98 of 100 right draws",
               "층을 지날 때마다 신호의 크기(첫 층 기준), 로그 축: 내 분산으로는 {last_layer}개 층을 지난 뒤 {last}이고, "
               "올바르게 뽑은 경우 100번 중 98번은 {low}부터 {high}까지의 범위에 있습니다."),
    },
    "picture.predicted": {
        "en": ("what your ratio means by layer", "your prediction", "",
               "Your prediction as a steady change from layer to layer, on a log axis: from {first} at layer "
               "{first_layer} to {last} at layer {last_layer}."),
        "ko": ("what your ratio means by layer", "your prediction", "",
               "내 예측을 층마다 같은 비율의 변화로 그린 것, 로그 축: {first_layer}번 층의 {first}에서 {last_layer}번 층의 "
               "{last}까지."),
    },
    "picture.gradients": {
        "en": ("std of dl_df by layer", "yours", "right",
               "Standard deviation of dl_df by layer for the first network, on a log axis: yours is {first} at layer "
               "{first_layer} and {last} at layer {last_layer}; right would be {first_low} and {low}."),
        "ko": ("std of dl_df by layer", "yours", "right",
               "첫 번째 신경망의 층별 dl_df의 표준편차, 로그 축: 내 값은 {first_layer}번 층에서 {first}, {last_layer}번 층에서 "
               "{last}이고, 올바른 값은 {first_low}, {low}입니다."),
    },
    "picture.print": {
        "en": ("the print, and your number", "yours", "printed",
               "On a log axis: your number {first} at layer {first_layer}, beside what is printed there, {first_low}."),
        "ko": ("the print, and your number", "yours", "printed",
               "로그 축에서 {first_layer}번 층에 놓은 내 값 {first}와, 그 층에 출력된 값 {first_low}."),
    },
}
