package gs1

import (
	"fmt"
	"strings"
)

// lists are the tests of parts that must be of a list which others keep and which grows:
// countries, currencies, kinds of media. What is not in it may be newer than this table,
// so that it is a warning and nothing is refused.
var lists = map[string]func(string) string{
	"iso3166":    func(s string) string { return unless(countries[s], "is the number of no country") },
	"iso3166999": func(s string) string { return unless(s == "999" || countries[s], "is the number of no country") },
	"iso4217":    func(s string) string { return unless(currencies[s], "is the number of no currency") },
	"media": func(s string) string {
		return unless(s >= "01" && s <= "10" || s >= "80", "is no kind of media")
	},
	"package": func(s string) string { return unless(packages[s], "is no kind of package") },
}

// doubts says which parts of a value are of no list.
func (ai AI) doubts(value string) (out []string) {
	for _, p := range ai.parts {
		n := min(p.max, len(value))
		piece := value[:n]
		value = value[n:]
		if of := lists[p.check]; of != nil && piece != "" {
			if problem := of(piece); problem != "" {
				out = append(out, fmt.Sprintf("(%s) %s: %s %s", ai.Code, ai.Title, piece, problem))
			}
		}
	}
	return out
}

// countries are the three digits of ISO 3166-1.
var countries = set(`004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 090 092 096
100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 196 203 204 208 212 214 218 222 226 231 232 233
234 238 239 242 246 248 250 254 258 260 262 266 268 270 275 276 288 292 296 300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368
372 376 380 384 388 392 398 400 404 408 410 414 417 418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 478 480 484 492 496 498 499 500
504 508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 574 578 580 581 583 584 585 586 591 598 600 604 608 612 616 620 624 626 630 634
638 642 643 646 652 654 659 660 662 663 666 670 674 678 682 686 688 690 694 702 703 704 705 706 710 716 724 728 729 732 740 744 748 752 756 760 762 764
768 772 776 780 784 788 792 795 796 798 800 804 807 818 826 831 832 833 834 840 850 854 858 860 862 876 882 887 894`)

// currencies are the three digits of ISO 4217, with those that were replaced lately.
var currencies = set(`008 012 032 036 044 048 050 051 052 060 064 068 072 084 090 096 104 108 116 124 132 136 144 152 156 170 174 188 191 192 203 208 214
222 230 232 238 242 262 270 292 320 324 328 332 340 344 348 352 356 360 364 368 376 388 392 396 398 400 404 408 410 414 417 418 422 426 430 434 446 454
458 462 480 484 496 498 504 512 516 524 532 533 548 554 558 566 578 586 590 598 600 604 608 634 643 646 654 682 690 694 702 704 706 710 728 748 752 756
760 764 776 780 784 788 800 807 818 826 834 840 858 860 882 886 901 924 925 926 927 928 929 930 931 932 933 934 936 938 940 941 943 944 946 947 948 949
950 951 952 953 955 956 957 958 959 960 961 962 963 964 965 967 968 969 970 971 972 973 975 976 977 978 979 980 981 984 985 986 990 994 997 999`)

// packages are the kinds of packages of UN/ECE Recommendation 21 and those that GS1 adds,
// by their first character; a full stop stands for that alone.
var packages = func() map[string]bool {
	out := map[string]bool{}
	for group := range strings.FieldsSeq(`1:A,B,D,F,G,W 2:00,01,02,03,04,05,06,10,11,12,C 3:A,H 4:3,4,A,B,C,D,F,G,H 5:H,L,M 6:H,P 7:A,B 8:.,A,B,C 9:. A:A,B,C,D,F,G,H,I,J,L,M,P,PE,T,V
B:4,B,C,D,E,F,G,GE,H,I,J,K,L,M,ME,N,O,P,Q,R,RI,S,T,U,V,W,X,Y,Z C:A,B,BL,C,CE,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z
D:A,B,C,G,H,I,J,K,L,M,N,P,PE,R,S,T,U,V,W,X,Y E:1,2,3,C,D,E,F,G,H,I,N F:B,C,D,E,I,L,O,OB,P,PE,R,T,W,X G:B,I,L,R,U,Y,Z H:A,B,C,G,N,R I:A,B,C,D,E,F,G,H,K,L,N,Z
J:B,C,G,R,T,Y K:G,I L:AB,E,G,T,U,V,Z M:A,B,C,E,PE,R,S,T,W,X N:A,E,F,G,S,T,U,V O:A,B,C,D,E,F,K,PE,T,U P:2,A,AE,B,C,D,E,F,G,H,I,J,K,L,LP,N,O,OP,P,PE,R,T,U,UE,V,X,Y,Z
Q:A,B,C,D,F,G,H,J,K,L,M,N,P,Q,R,S R:B1,B2,B3,CB,D,G,J,K,L,O,T,Z S:1,A,B,C,D,E,EC,H,I,K,L,M,O,P,S,T,TL,U,V,W,X,Y,Z
T:1,B,C,D,E,EV,G,HE,I,K,L,N,O,R,RE,S,T,TE,U,V,W,WE,Y,Z U:C,N,UE V:A,G,I,K,L,N,O,P,Q,R,S,Y W:A,B,C,D,F,G,H,J,K,L,M,N,P,Q,R,RP,S,T,U,V,W,X,Y,Z
X:11,12,15,16,17,18,19,20,3,A,B,C,D,F,G,H,J,K Y:A,B,C,D,F,G,H,J,K,L,M,N,P,Q,R,S,T,V,W,X,Y,Z Z:A,B,C,D,F,G,H,J,K,L,M,N,P,Q,R,S,T,U,V,W,X,Y,Z`) {
		first, rest, _ := strings.Cut(group, ":")
		for end := range strings.SplitSeq(rest, ",") {
			out[first+strings.Trim(end, ".")] = true
		}
	}
	return out
}()

func set(text string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		out[word] = true
	}
	return out
}

// set82 is GS1's set of 82 characters in its order, set32 what a check pair is written in.
const (
	set82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`
	set32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
)

// primes weigh the characters before a check pair, the last one first.
var primes = [...]int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83}

// pairOK reports whether the last two characters are the check pair of those before.
// Source: GS1 General Specifications, check character pair of a Global Model Number.
func pairOK(s string) bool {
	n := len(s) - 2
	if n < 1 || n > len(primes) {
		return false
	}
	sum := 0
	for i := range n {
		sum += strings.IndexByte(set82, s[n-1-i]) * primes[i]
	}
	sum %= 1021
	return s[n] == set32[sum>>5] && s[n+1] == set32[sum&31]
}

// ibanOK reports whether the check digits of an account number are right (ISO 7064, 97-10).
func ibanOK(s string) bool {
	if len(s) < 5 {
		return false
	}
	rest := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}
