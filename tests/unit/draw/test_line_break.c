/* Where lines may end. What is right: W3C, "Requirements for Chinese Text Layout", and by hand. */
#include "app/draw/line_break.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The text with | wherever a line may end, blanks there left out. */
static void pieces(const char *text, char *out, size_t size) {
    size_t used = 0;
    for (size_t at = 0; text[at];) {
        size_t next = line_break_next(text, at);
        assert_true(next > at);
        while (text[at] == ' ' && at < next)
            at++;
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", used ? "|" : "", (int)(next - at), text + at);
        at = next;
    }
}

static void test_breaks(void **state) {
    (void)state;
    static const struct {
        const char *text, *pieces;
    } CASES[] = {
        {"", ""},
        {"class-share, or by/hand (λ).", "class-share,|or|by/hand|(λ)."},
        {"阈值", "阈|值"},
        {"你好，世界。", "你|好，|世|界。"},
        {"（一）「二」", "（一）|「二」"},
        {"用 λ 表示", "用|λ|表|示"},
        {"共100个", "共|100|个"},
        {"到50%。", "到|50%。"},
        {"ひらがなー", "ひ|ら|が|なー"},
        {"한국어 문장", "한국어|문장"}, /* Korean has blanks */
        {"a  b", "a|b"},
        {"点，其余。", "点，|其|余。"},
        {"如“a,b”。打", "如|“a,b”。|打"},
        {"如'a'。打", "如|'a'。|打"},
        {"用 --clean 抽取", "用|--clean|抽|取"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char out[128] = "";
        pieces(CASES[i].text, out, sizeof out);
        assert_string_equal(out, CASES[i].pieces);
    }
}

/* Broken bytes and all cuts of a text: it comes to the end. */
static void test_any_bytes(void **state) {
    (void)state;
    const char whole[] = "你好，\xe4\xbd \xff\xfe（界） \xf0\x9f";
    for (size_t cut = 0; cut < sizeof whole; cut++) {
        char text[sizeof whole];
        memcpy(text, whole, cut);
        text[cut] = '\0';
        size_t at = 0;
        while (text[at]) {
            size_t next = line_break_next(text, at);
            assert_true(next > at && next <= strlen(text));
            at = next;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
