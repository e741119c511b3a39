"""Measure the reader of talk pages against what the reference parser found on the same pages."""
import json, sys, tomllib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from bot import wikis
from bot.languages import known, together
from bot.model import Revision
from bot.parse.comment import read
from bot.discussion import Comment

def main(root, show):
    everything = tuple(wikis.profile(each) for each in wikis.known())
    words = together(known())
    tot = Counter()
    for folder in sorted(Path(root).iterdir()):
        if not folder.is_dir(): continue
        cfg = tomllib.loads((folder/"wiki.toml").read_text())
        p = wikis.profile(cfg["wiki"])
        if "timezone" in cfg: p = replace(p, timezone=cfg["timezone"])
        elif cfg["wiki"] in ("meta",): pass
        c = Counter()
        for page in sorted((folder/"pages").glob("*.wikitext")):
            exp = json.loads((folder/"expected"/(page.stem+".json")).read_text())
            text = page.read_bytes().decode()
            got = read(Revision(title=page.stem, revid=1, timestamp=datetime.now(UTC), user="x", wikitext=text), p, words, everything)
            e=[x for x in exp if x["kind"]=="comment"]
            g=got.comments
            def ekey(x): return (x["user"], x["timestamp"])
            def gkey(x): return (x.user, x.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ"))
            def alike(seq_e, seq_g):
                import difflib
                sm=difflib.SequenceMatcher(None,seq_e,seq_g,autojunk=False)
                return [(i+k,j+k) for i,j,n in sm.get_matching_blocks() for k in range(n)]
            pairs=alike([ekey(x) for x in e],[gkey(x) for x in g])
            c["tp"]+=len(pairs); c["fn"]+=len(e)-len(pairs); c["fp"]+=len(g)-len(pairs)
            # entry mapping
            emap={}
            eh=[x for x in exp if x["kind"]=="heading" and not x["placeholder"]]
            hp=alike([x["title"] for x in eh],[x.title for x in got.headings])
            for i,j in hp: emap[eh[i]["index"]]=got.headings[j].index
            for x in exp:
                if x["kind"]=="heading" and x["placeholder"]: emap[x["index"]]=None
            for i,j in pairs: emap[e[i]["index"]]=g[j].index
            out=[]
            c["h"]+=len(eh); c["hg"]+=len(got.headings); c["ht"]+=len(hp)
            if len(hp)!=len(eh) or len(eh)!=len(got.headings):
                out.append(("HEAD",[x["title"] for k,x in enumerate(eh) if k not in {i for i,_ in hp}],[(x.title,x.place.line) for k,x in enumerate(got.headings) if k not in {j for _,j in hp}]))
            for i,j in pairs:
                okp = emap.get(e[i]["parent"], -1)==g[j].parent
                okl = e[i]["level"]==g[j].level
                oks = e[i]["signatures"]==len(g[j].signatures)
                c["p"]+=okp; c["l"]+=okl; c["s"]+=oks
                if not (okp and okl): out.append(("PL",ekey(e[i]),"line",g[j].place.line,"exp level",e[i]["level"],"got",g[j].level,"" if okp else ("parent", e[i]["parent"], emap.get(e[i]["parent"],-1), g[j].parent)))
                if not oks: out.append(("SIG",ekey(e[i]),"line",g[j].place.line,e[i]["signatures"],len(g[j].signatures)))
            pi={i for i,_ in pairs}; pj={j for _,j in pairs}
            for k,x in enumerate(e):
                if k not in pi: out.append(("MISSING",ekey(x),"level",x["level"]))
            for k,x in enumerate(g):
                if k not in pj: out.append(("EXTRA",gkey(x),"line",x.place.line))
            if out and show:
                print("##",folder.name,page.stem)
                for o in out: print("   ",*o)
        rep(folder.name,c); tot+=c
    rep("all",tot)
def rep(n,c):
    P=c["tp"]/((c["tp"]+c["fp"]) or 1); R=c["tp"]/((c["tp"]+c["fn"]) or 1)
    print(f"{n:24} P {P:.4f} R {R:.4f} F1 {2*P*R/((P+R) or 1):.4f} parents {c['p']/(c['tp'] or 1):.4f} levels {c['l']/(c['tp'] or 1):.4f} sigs {c['s']/(c['tp'] or 1):.4f} n={c['tp']+c['fn']} headings {c['ht']}/{c['h']}/{c['hg']}")
main(sys.argv[1], len(sys.argv)>2)
