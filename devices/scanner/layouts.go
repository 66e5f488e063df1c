package scanner

import (
	"fmt"
	"strings"
)

// board is a layout by its rows of keys, in the order of rowStarts. A space
// stands where a key has nothing.
type board struct {
	name, title string
	levels      [4][5]string
}

// rowStarts are the key codes that the rows of a board begin with: the digits,
// the three rows of letters (the second ends with the key left of the 1, the
// third begins with the key that is beside Enter), the extra key of European
// keyboards beside the left Shift.
var rowStarts = [...]int{10, 24, 38, 51, 94}

// boards are the keyboards that scanners can be set to. Source: the symbol
// tables of xkeyboard-config 2.35, ASCII only on the third and fourth level.
// Where Windows has a dead key and XKB none (AltGr+2 and AltGr+7 on fr, AltGr+4
// on es), scanners follow Windows.
func boards() []board {
	return []board{
		{"us", "US English", [4][5]string{
			{`1234567890-=`, `qwertyuiop[]`, "asdfghjkl;'`", `\zxcvbnm,./`, `<`},
			{`!@#$%^&*()_+`, `QWERTYUIOP{}`, `ASDFGHJKL:"~`, `|ZXCVBNM<>?`, `>`},
			{``, ``, ``, ``, `|`},
			{``, ``, ``, ``, ``},
		}},
		{"uk", "UK English", [4][5]string{
			{`1234567890-=`, `qwertyuiop[]`, "asdfghjkl;'`", `#zxcvbnm,./`, `\`},
			{`!"£$%^&*()_+`, `QWERTYUIOP{}`, `ASDFGHJKL:@¬`, `~ZXCVBNM<>?`, `|`},
			{`      {[]}\`, `@ e        ˜`, `          ˆ|`, `ˋ`, `|`},
			{``, `  E`, `       &   |`, ` <>`, ``},
		}},
		{"de", "German", [4][5]string{
			{`1234567890ß´`, `qwertzuiopü+`, `asdfghjklöäˆ`, `#yxcvbnm,.-`, `<`},
			{`!"§$%&/()=?ˋ`, `QWERTZUIOPÜ*`, `ASDFGHJKLÖÄ°`, `'YXCVBNM;:_`, `>`},
			{`      {[]}\`, `@          ~`, `          ˆ`, ``, `|`},
			{``, ``, `       &`, ``, ``},
		}},
		{"fr", "French", [4][5]string{
			{`&é"'(-è_çà)=`, `azertyuiopˆ$`, `qsdfghjklmù²`, `*wxcvbn,;:!`, `<`},
			{`1234567890°+`, `AZERTYUIOP¨£`, `QSDFGHJKLM%~`, `µWXCVBN?./§`, `>`},
			{` ˜#{[|ˋ\^@]}`, ``, `@         ˆ`, `ˋ`, `|`},
			{`   $`, ` <`, `       &`, `  >`, ``},
		}},
		{"ch", "Swiss German", [4][5]string{
			{`1234567890'ˆ`, `qwertzuiopü¨`, `asdfghjklöä§`, `$yxcvbnm,.-`, `<`},
			{`+"*ç%&/()=?ˋ`, `QWERTZUIOPè!`, `ASDFGHJKLéà°`, `£YXCVBNM;:_`, `>`},
			{`|@#   | ]} ˜`, `@         []`, `          {`, `}`, `\`},
			{`   $`, `  E`, `       &`, ` <>`, ``},
		}},
		{"es", "Spanish", [4][5]string{
			{`1234567890'¡`, `qwertyuiopˋ+`, `asdfghjklñ´º`, `çzxcvbnm,.-`, `<`},
			{`!"·$%&/()=?¿`, `QWERTYUIOPˆ*`, `ASDFGHJKLÑ¨ª`, `ÇZXCVBNM;:_`, `>`},
			{`|@#˜  {[]}\`, `@         []`, `         ˜{\`, `}`, `|`},
			{`   $`, ``, `       &   \`, ` <>`, ``},
		}},
		{"it", "Italian", [4][5]string{
			{`1234567890'ì`, `qwertyuiopè+`, `asdfghjklòà\`, `ùzxcvbnm,.-`, `<`},
			{`!"£$%&/()=?^`, `QWERTYUIOPé*`, `ASDFGHJKLç°|`, `§ZXCVBNM;:_`, `>`},
			{"      {[]}`~", `@         []`, `         @#`, `ˋ`, ``},
			{`  ˜        ˆ`, `          {}`, `       &`, ` <>`, ``},
		}},
		{"be", "Belgian", [4][5]string{
			{`&é"'(§è!çà)-`, `azertyuiopˆ$`, `qsdfghjklmù²`, `µwxcvbn,;:=`, `<`},
			{`1234567890°_`, `AZERTYUIOP¨*`, `QSDFGHJKLM%³`, `£WXCVBN?./+`, `>`},
			{`|@#  ^{[{}\`, `@         []`, ``, `ˋ         ˜`, `\`},
			{`   $`, ``, `       &`, ` <>`, `\`},
		}},
		{"se", "Swedish", [4][5]string{
			{`1234567890+´`, `qwertyuiopå¨`, `asdfghjklöä§`, `'zxcvbnm,.-`, `<`},
			{`!"#¤%&/()=?ˋ`, `QWERTYUIOPÅˆ`, `ASDFGHJKLÖÄ½`, `*ZXCVBNM;:_`, `>`},
			{` @ $  {[]}\`, `@          ˜`, ``, ``, `|`},
			{``, ``, `       &`, ` <>`, ``},
		}},
		{"no", "Norwegian", [4][5]string{
			{`1234567890+\`, `qwertyuiopå¨`, `asdfghjkløæ|`, `'zxcvbnm,.-`, `<`},
			{`!"#¤%&/()=?ˋ`, `QWERTYUIOPÅˆ`, `ASDFGHJKLØÆ§`, `*ZXCVBNM;:_`, `>`},
			{` @ $  {[]}`, `@          ˜`, `          ˆ`, ``, ``},
			{``, ``, `       &`, ` <>`, ``},
		}},
		{"dk", "Danish", [4][5]string{
			{`1234567890+´`, `qwertyuiopå¨`, `asdfghjklæø½`, `'zxcvbnm,.-`, `<`},
			{`!"#¤%&/()=?ˋ`, `QWERTYUIOPÅˆ`, `ASDFGHJKLÆØ§`, `*ZXCVBNM;:_`, `>`},
			{` @ $  {[]} |`, `@          ˜`, `          ˆ`, ``, `\`},
			{``, ``, `       &`, ` <>`, ``},
		}},
	}
}

// Layouts returns the names of the layouts that are known, the usual one first.
func Layouts() []string {
	var names []string
	for _, b := range boards() {
		names = append(names, b.name)
	}
	return names
}

// FindLayout returns the layout of a name; "" is the one that scanners are
// shipped with. The error names those that there are.
func FindLayout(name string) (Layout, error) {
	if b, ok := findBoard(name); ok {
		return b.layout(), nil
	}
	return nil, fmt.Errorf("scanner layout %q is not known; known: %s", name, strings.Join(Layouts(), ", "))
}

// LayoutTitle returns the name of a layout for people: "Swiss German" for "ch".
// What is not known stays as it is.
func LayoutTitle(name string) string {
	if b, ok := findBoard(name); ok {
		return b.title
	}
	return name
}

func findBoard(name string) (board, bool) {
	all := boards()
	if name == "" {
		return all[0], true
	}
	for _, b := range all {
		if b.name == name {
			return b, true
		}
	}
	return board{}, false
}

func (b board) layout() Layout {
	layout := Layout{65: {' ', ' '}}
	for level, rows := range b.levels {
		for i, row := range rows {
			code := rowStarts[i]
			for _, r := range row {
				if r != ' ' {
					key := layout[code]
					key[level] = r
					layout[code] = key
				}
				code++
			}
		}
	}
	for code, c := range keypad {
		layout[code] = [4]rune{c, c}
	}
	return layout
}
