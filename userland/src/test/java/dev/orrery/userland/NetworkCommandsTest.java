package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.userland.applet.Applets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that talk to others, and those that pack for them. */
class NetworkCommandsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nc -l -p 80 > /tmp/got & sleep 1; echo hi > /tmp/in; nc 127.0.0.1 80 < /tmp/in; wait; cat /tmp/got|hi\\n[0]
                    nc 127.0.0.1 80|nc: can't connect to remote host (127.0.0.1): Connection refused\\n[1]
                    nc 10.9.9.9 80|nc: can't connect to remote host (10.9.9.9): Host is unreachable\\n[1]
                    nc nowhere 80|nc: bad address 'nowhere'\\n[1]
                    nc -l -p 80 & sleep 1; nc -l -p 80|nc: bind: Address already in use\\n[1]
                    nc -l -p 80 & sleep 1; nc -z -w 2 127.0.0.1 80; echo $?|0\\n[0]
                    nc -u -l -p 53 & sleep 1; nc -u -w 3 127.0.0.1 53; date +%S|04\\n[0]
                    ping -c 2 localhost > /tmp/p; grep packets /tmp/p|2 packets transmitted, 2 packets received, 0% packet loss\\n[0]
                    ping -c 1 10.9.9.9 > /tmp/p; echo $?|1\\n[0]
                    ping -c 1 nowhere|ping: bad address 'nowhere'\\n[1]
                    nslookup web|;; connection timed out; no servers could be reached\\n\\n[1]
                    """)
    void talkAcrossTheNetwork(String script, String expected) {
        assertThat(new Bench().sh(script)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    mkdir -p /tmp/a/b; echo x > /tmp/a/b/c; ln -s c /tmp/a/b/l; cd /tmp; tar cf /tmp/t a; tar tf /tmp/t|a/\\na/b/\\na/b/c\\na/b/l\\n[0]
                    mkdir -p /tmp/a/b /tmp/n; echo x > /tmp/a/b/c; ln -s c /tmp/a/b/l; tar cf /tmp/t -C /tmp a; tar -xmf /tmp/t -C /tmp/n; cat /tmp/n/a/b/l|x\\n[0]
                    echo x > /tmp/f; chmod 751 /tmp/f; tar cf /tmp/t -C /tmp f; rm /tmp/f; tar xf /tmp/t -C /tmp; ls -l /tmp/f|-rwxr-x--x 1 root root 2 Jan  1 00:00 /tmp/f\\n[0]
                    seq 40000 > /tmp/f; cd /tmp; tar cf t f; rm f; tar xf t; wc -l < f|40000\\n[0]
                    d=/tmp/0123456789012345678901234567890123456789/0123456789012345678901234567890123456789/0123456789012345678901234567890123456789; mkdir -p $d; echo deep > $d/f; cd /tmp; tar cf t 0123456789012345678901234567890123456789; rm -r 0*; tar xf t; cat $d/f|deep\\n[0]
                    tar cf /tmp/t /nope|tar: removing leading '/' from member names\\ntar: nope: Cannot stat: No such file or directory\\ntar: Exiting with failure status due to previous errors\\n[2]
                    echo hello > /tmp/t; tar xf /tmp/t|tar: short read\\n[1]
                    seq 200 > /tmp/t; tar xf /tmp/t|tar: invalid tar magic\\n[1]
                    tar xf /nope|tar: /nope: No such file or directory\\n[1]
                    tar cf /tmp/t|tar: empty archive\\n[1]
                    """)
    void packAndUnpack(String script, String expected) {
        assertThat(new Bench().sh(script)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ifconfig eth0|true|eth0 Link encap:Ethernet HWaddr 0A:58:0A:00:00:01\\ninet addr:10.0.0.1 Bcast:10.0.0.255 Mask:255.255.255.0
                    ifconfig eth7|true|ifconfig: eth7: error fetching interface information: Device not found\\n[1]
                    ifconfig|false|sh: 1: ifconfig: not found\\n[127]
                    ip addr show eth0|true|link/ether 0a:58:0a:00:00:01 brd ff:ff:ff:ff:ff:ff\\ninet 10.0.0.1/24 brd 10.0.0.255 scope global eth0
                    ip addr show eth7|true|ip: can't find device 'eth7'\\n[1]
                    stty size|true|stty: standard input: Not a tty\\n[1]
                    stty size|false|stty: 'standard input': Inappropriate ioctl for device\\n[1]
                    nslookup web|true|;; connection timed out; no servers could be reached\\n\\n[1]
                    """)
    void showTheMachine(String script, boolean busybox, String expected) {
        assertThat(new Bench(new Applets(busybox)).sh(script).replaceAll("(?m) +", " "))
                .contains(expected.replace("\\n", "\n").replace("\ninet", "\n inet"));
    }
}
