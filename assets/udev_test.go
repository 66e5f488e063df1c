package assets_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"packbench/assets"
)

// The grammar of a udev rule, as far as these rules go: keys, each with an
// operator and a value in quotes.
var (
	udevTerm = regexp.MustCompile(`^([A-Z_]+)(?:\{[A-Za-z_]+\})?(==|!=|=|\+=)"[^"]*"$`)
	match    = []string{"ACTION", "KERNEL", "SUBSYSTEM", "SUBSYSTEMS", "ATTRS", "PROGRAM", "RESULT"}
	assign   = []string{"MODE", "TAG", "ENV", "GOTO", "LABEL"}
)

func TestUdevRulesAreWellFormed(t *testing.T) {
	jumps, labels := map[string]bool{}, map[string]bool{}
	rules := 0
	for i, line := range strings.Split(string(assets.UdevRules()), "\n") {
		if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		line = strings.TrimPrefix(line, "#") // an example has to be a rule too
		rules++
		for term := range strings.SplitSeq(line, ", ") {
			parts := udevTerm.FindStringSubmatch(term)
			if parts == nil {
				t.Errorf("line %d: %s is no term", i+1, term)
				continue
			}
			key, compares := parts[1], strings.HasSuffix(parts[2], "==") || parts[2] == "!="
			if compares != slices.Contains(match, key) || !compares != slices.Contains(assign, key) {
				t.Errorf("line %d: %s", i+1, term)
			}
			value := term[strings.Index(term, `"`)+1 : len(term)-1]
			switch key {
			case "GOTO":
				if labels[value] {
					t.Errorf("line %d jumps back", i+1)
				}
				jumps[value] = true
			case "LABEL":
				labels[value] = true
			case "ATTRS":
				if !regexp.MustCompile(`^[0-9a-f]{4}(\|[0-9a-f]{4})*$`).MatchString(value) {
					t.Errorf("line %d: ids are four small hexadecimal digits: %s", i+1, value)
				}
			}
		}
		if strings.Contains(line, `GROUP=`) || strings.Contains(line, `MODE="0666"`) {
			t.Errorf("line %d gives the device to more than the person at the screen", i+1)
		}
	}
	if rules < 15 || len(jumps) == 0 {
		t.Errorf("%d rules with %d jumps", rules, len(jumps))
	}
	for to := range jumps {
		if !labels[to] {
			t.Errorf("no label %s", to)
		}
	}
}

// Scales and scanners that are known to need a rule.
func TestUdevRulesNameKnownDevices(t *testing.T) {
	rules := assets.UdevRules()
	for _, want := range []string{
		`"0922", ATTRS{idProduct}=="8003|8004|8009"`, `"0eb8", ATTRS{idProduct}=="f000|2200"`, `"1446", ATTRS{idProduct}=="6a73|6a78"`,
		`"1a86", ATTRS{idProduct}=="7523", ENV{ID_MM_DEVICE_IGNORE}="1"`, `RESULT=="*05 8d*|*05 8c*"`,
	} {
		if !bytes.Contains(rules, []byte(want)) {
			t.Errorf("no rule with %s", want)
		}
	}
}

// udev itself reads the rules where its tool can do so.
func TestUdevRulesByUdevItself(t *testing.T) {
	udevadm, err := exec.LookPath("udevadm")
	if err != nil {
		t.Skip("no udevadm")
	}
	if help, _ := exec.Command(udevadm, "--help").CombinedOutput(); !bytes.Contains(help, []byte("verify")) {
		t.Skip("this udevadm cannot verify rules; since systemd 254")
	}
	file := filepath.Join(t.TempDir(), "60-packbench.rules")
	if err := os.WriteFile(file, assets.UdevRules(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(udevadm, "verify", file).CombinedOutput(); err != nil {
		t.Errorf("udevadm verify: %v\n%s", err, out)
	}
}

// The line that reads a report descriptor gives what the rule compares.
func TestUdevProgramReadsADescriptor(t *testing.T) {
	found := regexp.MustCompile(`PROGRAM=="([^ ]+) ([^"]*) %S%p/device/report_descriptor"`).FindSubmatch(assets.UdevRules())
	if found == nil {
		t.Fatal("no rule reads a descriptor")
	}
	program := string(found[1])
	if _, err := os.Stat(program); err != nil {
		t.Skip("no " + program)
	}
	file := filepath.Join(t.TempDir(), "report_descriptor")
	if err := os.WriteFile(file, []byte("\x05\x8d\x09\x20\xa1\x01"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, append(strings.Fields(string(found[2])), file)...).Output()
	if err != nil || strings.TrimSpace(string(out)) != "05 8d" {
		t.Errorf("%q, %v", out, err)
	}
}
