package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dash 0.5.12 prints for these scripts, and ends with. */
class ShellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    echo hello world; exit 3|hello world\\n[3]
                    foo|sh: 1: foo: not found\\n[127]
                    false && echo a; echo b|b\\n[0]
                    false && echo a ;: && echo c|c\\n[0]
                    x=1; y=$((x + 2 * 3)); echo $y|7\\n[0]
                    for i in 1 2 3; do echo $i; done|1\\n2\\n3\\n[0]
                    i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done|1\\n3\\n[0]
                    f() { local a=$1; return 4; }; f x; echo $?|4\\n[0]
                    echo "$(echo a; echo b)" $(echo c d)|a\\nb c d\\n[0]
                    x=a.tar.gz; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${#x}|a.tar a tar.gz gz 8\\n[0]
                    echo ${y:-none} ${y-"a  b"} ${y:+set}|none a  b\\n[0]
                    case foo in b*) echo no;; f?o) echo yes;; esac|yes\\n[0]
                    echo one > /tmp/f; echo two >> /tmp/f; cat < /tmp/f|one\\ntwo\\n[0]
                    set -e; false; echo never|[1]
                    set -e; if false; then :; fi; echo on|on\\n[0]
                    set -u; echo $nothing|sh: 1: nothing: parameter not set\\n[2]
                    trap 'echo bye' EXIT; exit 5|bye\\n[5]
                    (exit 7); echo $?|7\\n[0]
                    sleep 100 & wait $!; echo $?|0\\n[0]
                    sleep 100 & kill $!; wait $!; echo $?|143\\n[0]
                    printf '%s-%03d\\\\n' a 7 b 8|a-007\\nb-008\\n[0]
                    set -- a 'b c'; for x in "$@"; do echo "<$x>"; done; shift; echo $# $1|<a>\\n<b c>\\n1 b c\\n[0]
                    cat /nope|cat: /nope: No such file or directory\\n[1]
                    cat < /nope|sh: 1: cannot open /nope: No such file\\n[2]
                    a=(1 2)|sh: 1: Syntax error: "(" unexpected\\n[2]
                    bash -c 'a=(foo "b r" qux); echo ${a[1]} ${#a[@]} ${a[-1]} $a; for x in "${a[@]}"; do echo "<$x>"; done'|b r 3 qux foo\\n<foo>\\n<b r>\\n<qux>\\n[0]
                    bash -c 'i=2; a=(x $(echo y z)); echo ${a[$i]}${a[i-1]}; unset a; echo ${#a[@]}; a=(); echo ${#a[*]}'|zy\\n0\\n0\\n[0]
                    if then|sh: 1: Syntax error: "then" unexpected\\n[2]
                    echo 'a b' "c  $((1+1))" d\\\\ e|a b c  2 d e\\n[0]
                    echo x > /tmp/f; ln -s f /tmp/l; cat /tmp/l; chmod 600 /tmp/l; ls -l /tmp/f|x\\n-rw------- 1 root root 2 Jan  1 00:00 /tmp/f\\n[0]
                    cd /tmp; touch b a; echo *|a b\\n[0]
                    """)
    void saysWhatDashSays(String script, String expected) {
        assertThat(new Bench().sh(script.replace("\\\\", "\\")))
                .isEqualTo(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            textBlock =
                    """
                    seq 100000 | head -2@1\\n2\\n[0]
                    echo b a | nosuch x y || echo none@sh: 1: nosuch: not found\\nnone\\n[0]
                    printf 'b\\\\na\\\\n' | sort | while read l; do echo "($l)"; done@(a)\\n(b)\\n[0]
                    yes | true; echo a | grep -q b; echo $?@1\\n[0]
                    """)
    void passesBytesThroughPipes(String script, String expected) {
        assertThat(new Bench().sh(script.replace("\\\\", "\\")))
                .isEqualTo(expected.replace("\\n", "\n"));
    }
}
