package assets_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"packbench/assets"
)

// The grammar of a udev rule, as far as these rules go: keys, each with an
// operator and a value in quotes. udev drops a line that it does not understand
// and says so only in the system's log, so that less than it takes is allowed.
var udevTerm = regexp.MustCompile(`^([A-Z_]+)(?:\{([A-Za-z_]+)\})?(==|!=|=|\+=)"([^"]*)"$`)

// udevKey is how a key may be used: what it is to, with which operators and
// values, and whether it names an attribute.
type udevKey struct {
	assigns   bool
	attribute string // what stands in braces, a pattern; "" for none
	operators []string
	value     string
}

func udevKeys() map[string]udevKey {
	const name = `[a-z]+`
	return map[string]udevKey{
		"ACTION":     {operators: []string{"=="}, value: `add|change|remove`},
		"KERNEL":     {operators: []string{"=="}, value: name + `\*?`},
		"SUBSYSTEM":  {operators: []string{"==", "!="}, value: name + `(\|` + name + `)*`},
		"SUBSYSTEMS": {operators: []string{"=="}, value: name},
		"ATTRS":      {attribute: `idVendor|idProduct`, operators: []string{"=="}, value: `[0-9a-f]{4}(\|[0-9a-f]{4})*`},
		"PROGRAM":    {operators: []string{"=="}, value: `/[a-z/]+( -[A-Za-z0-9]+)* %S%p/[a-z_/]+`},
		"RESULT":     {operators: []string{"=="}, value: `\*[0-9a-f ]+\*(\|\*[0-9a-f ]+\*)*`},
		"MODE":       {assigns: true, operators: []string{"="}, value: `0660`}, // nobody else may open it
		"TAG":        {assigns: true, operators: []string{"+="}, value: `uaccess`},
		"ENV":        {assigns: true, attribute: `ID_MM_DEVICE_IGNORE|ID_MM_PORT_IGNORE|LIBINPUT_IGNORE_DEVICE`, operators: []string{"="}, value: `1`},
		"GOTO":       {assigns: true, operators: []string{"="}, value: `packbench_` + name + `(_` + name + `)*`},
		"LABEL":      {assigns: true, operators: []string{"="}, value: `packbench_` + name + `(_` + name + `)*`},
	}
}

// udevFaults returns what is wrong with a file of rules; an example in a comment
// has to be a rule too.
func udevFaults(rules string) []string {
	var faults []string
	said := func(line int, words ...any) {
		faults = append(faults, fmt.Sprintf("line %d: %s", line, fmt.Sprint(words...)))
	}
	jumps, labels, keys := map[string]int{}, map[string]bool{}, udevKeys()
	for i, line := range strings.Split(rules, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		had := map[string]bool{}
		assigns := false
		for term := range strings.SplitSeq(strings.TrimPrefix(line, "#"), ", ") {
			parts := udevTerm.FindStringSubmatch(term)
			if parts == nil {
				said(i+1, term, " is no term")
				continue
			}
			key, known := keys[parts[1]]
			switch {
			case !known, !slices.Contains(key.operators, parts[3]):
				said(i+1, term, ": no such key, or not with ", parts[3])
			case !regexp.MustCompile(`^(` + key.attribute + `)$`).MatchString(parts[2]):
				said(i+1, term, ": the attribute")
			case !regexp.MustCompile(`^(` + key.value + `)$`).MatchString(parts[4]):
				said(i+1, term, ": the value")
			case !key.assigns && assigns:
				said(i+1, term, " is asked after something was assigned")
			case parts[1] == "RESULT" && !had["PROGRAM"]:
				said(i+1, "a result of no program")
			case had[parts[1]+parts[2]]:
				said(i+1, parts[1], " stands there twice")
			case parts[1] == "GOTO" && labels[parts[4]]:
				said(i+1, "a jump back to ", parts[4])
			case parts[1] == "LABEL" && labels[parts[4]]:
				said(i+1, "the label ", parts[4], " stands there twice")
			}
			had[parts[1]+parts[2]], assigns = true, assigns || key.assigns
			switch parts[1] {
			case "GOTO":
				jumps[parts[4]] = i + 1
			case "LABEL":
				labels[parts[4]] = true
			}
		}
		if !assigns {
			said(i+1, "it does nothing")
		}
	}
	for to, line := range jumps {
		if !labels[to] {
			said(line, "no label ", to)
		}
		delete(labels, to)
	}
	for label := range labels {
		faults = append(faults, "nobody jumps to "+label)
	}
	return faults
}

func TestUdevRulesAreWellFormed(t *testing.T) {
	rules := string(assets.UdevRules())
	if faults := udevFaults(rules); len(faults) > 0 {
		t.Error(strings.Join(faults, "\n"))
	}
	if n := strings.Count(rules, `TAG+="uaccess"`); n < 10 || !strings.HasSuffix(rules, "\n") {
		t.Errorf("%d rules give a device to the person at the screen", n)
	}
}

// brokenRules are mistakes that are easily made in the file, each as a change
// of it.
func brokenRules() map[string][2]string {
	return map[string][2]string{
		"a key misspelt":       {`SUBSYSTEMS=="usb", ATTRS{idVendor}=="1a86"`, `SUBSYSTEMZ=="usb", ATTRS{idVendor}=="1a86"`},
		"compared with =":      {`ATTRS{idVendor}=="2474"`, `ATTRS{idVendor}="2474"`},
		"assigned with ==":     {`MODE="0660", TAG+="uaccess"`, `MODE="0660", TAG=="uaccess", GOTO=="x"`},
		"no label":             {`GOTO="packbench_hid_end"`, `GOTO="packbench_hid_ned"`},
		"a quote left out":     {`ATTRS{idProduct}=="0550|3550"`, `ATTRS{idProduct}=="0550|3550`},
		"no attribute":         {`ATTRS{idVendor}=="2474"`, `ATTRS=="2474"`},
		"an example misspelt":  {`ENV{LIBINPUT_IGNORE_DEVICE}="1"`, `ENVV{LIBINPUT_IGNORE_DEVICE}="1"`},
		"a substitution wrong": {`%S%p/device`, `%S%q/device`},
	}
}

// The check finds what udev would find.
func TestBrokenUdevRulesAreFound(t *testing.T) {
	rules := string(assets.UdevRules())
	changes := brokenRules()
	changes["open to everybody"] = [2]string{`MODE="0660"`, `MODE="0666"`} // udev does not mind these
	changes["for a group"] = [2]string{`, TAG+="uaccess"`, `, GROUP="plugdev"`}
	for name, change := range changes {
		broken := strings.Replace(rules, change[0], change[1], 1)
		if broken == rules || len(udevFaults(broken)) == 0 {
			t.Errorf("%s is not found", name)
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
