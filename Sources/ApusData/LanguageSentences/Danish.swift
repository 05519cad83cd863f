// Sentences in Danish, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let danish = """
        Jeg glemte min paraply på arbejdet, og så blev jeg selvfølgelig gennemblødt på vej hjem.
        Efter aftensmaden gik vi en lang tur langs stranden og samlede sten og muslingeskaller.
        Hvad siger du til, at vi bager en æblekage og inviterer naboerne på kaffe?
        Hun havde aldrig troet, at det kunne være så svært at lære børnene at binde snørebånd.
        Regeringen fremlagde i går en plan, der skal skaffe flere sygeplejersker til hospitalerne.
        Vejret bliver gråt og blæsende i weekenden, og der kan falde noget slud i Jylland.
        Min bror arbejdede hele sommeren hos en bager, hvor han skulle være klar allerede klokken tre om natten.
        Kog kartoflerne møre, hæld vandet af, og mos dem med smør og en smule mælk.
        Forskerne undersøgte, hvorfor nogle fugle rejser sydpå om efteråret, mens andre bliver her.
        Katten havde lagt sig til at sove oven på avisen, så jeg måtte løfte den væk for at læse videre.
        Tak for dit lange brev, som jeg læste højt for mor, da vi sad ude i haven.
        Holdet spillede godt det meste af tiden, men det tabte, fordi de glemte at forsvare sig til sidst.
        Kongen lod slottet bygge for at vise sin magt, men han nåede aldrig selv at bo der, efter at det blev færdigt.
        »Hvorfor har du ikke sagt noget til mig om det før nu?« spurgte hun og lagde bogen fra sig på bordet.
        Toget til Aalborg er blevet forsinket, så jeg ved ikke, hvornår jeg er hjemme; du må bare spise uden mig.
        Læreren bad eleverne om at lukke bøgerne og i stedet fortælle, hvad de selv mente.
        Min mormor syede selv alle sine kjoler, og hun havde en æske, hvor hun gemte de knapper, der blev til overs.
        Vi cyklede hele vejen rundt om søen, selvom vi havde modvind det meste af tiden.
        Hunden gøede meget ad postbuddet, men da han gav den noget at spise, blev de hurtigt gode venner.
        Der er meget, man kan sige om den nye chef, men han hilser altid pænt om morgenen.
        Butikken lukkede for flere år siden, og nu står lokalerne tomme ved siden af banken.
        Jeg har købt en brugt cykel af en pige, som boede oppe på tredje sal i vores opgang.
        Når isen smelter, stiger havet, og derfor bliver mange af de lave øer måske oversvømmet en dag.
        Vær venlig at skrue ned for musikken; min lille søn er lige faldet i søvn efter en lang dag.
        Børnene legede gemmeleg i skoven, indtil det blev så mørkt, at de måtte kalde på hinanden.
        Lægen sagde, at jeg skulle holde mig i ro og drikke rigeligt med vand et par dage.
        På museet kan man se, hvordan bønderne levede, dengang de arbejdede på herregården.
        Hun blev meget glad, da hun åbnede pakken og fandt den bog, hun længe havde ønsket sig.
        Man skal huske at slukke for gassen, inden man går hjemmefra, selvom man kun er væk i et øjeblik.
        Fiskerne sejlede ud før daggry og vendte først tilbage, da solen var ved at gå ned.
        Jeg ved ikke, hvad jeg skal tage på til festen, for min pæne skjorte er stadig våd.
        Kommunen har plantet nogle flere træer langs vejen, og det har dæmpet støjen meget, siger naboerne.
        Farfar påstår, at han engang fangede en gedde, der var større end ham selv.
        De unge mennesker fandt en lejlighed i København, men huslejen var alt for høj.
        Det regnede så meget i nat, at kælderen blev oversvømmet, og vi måtte øse vand ud med spande.
        Rør dejen godt sammen, dæk den med et klæde, og lad den hæve et lunt sted i en time.
        Målmanden reddede straffesparket, og tilskuerne rejste sig op og klappede.
        Solen er en stjerne ligesom alle de andre, den ligger blot meget tættere på os.
        »Skynd dig nu lidt,« råbte far ude fra bilen, »vi kommer for sent til toget!«
        Hun arbejder som tandlæge om dagen og spiller saxofon i et lille orkester om aftenen.
        Efter krigen flyttede mange fra landet ind til byen, fordi de havde hørt, at der var noget at leve af.
        Jeg savner dig meget, og jeg glæder mig til, at du kommer hjem igen til foråret.
        Nogle af os ville hellere arbejde hjemme, og det har vi nu endelig fået lov til to dage om ugen.
        Da vi nåede op på bakken, satte vi os i græsset og kiggede ud over det meste af øen.
        Svalerne vender tilbage hvert år i maj og bygger rede under taget på den gamle lade.
        Hvornår begynder det egentlig i aften, og hvad skal jeg tage på, hvis der også bliver danset bagefter?
        Min søster kan godt lide at male, og hendes værelse er fyldt med billeder, som hun ikke vil af med.
        Politiet efterlyser to mænd, der stjal en lastbil fyldt med havemøbler i mandags.
        Han prøvede at reparere vandhanen selv, men det endte med, at hele køkkenet sejlede.
        Dronningen besøgte skolen i går og talte længe med de yngste elever om deres yndlingsbøger.
        Undskyld, jeg hørte ikke, hvad du sagde; kan du ikke lige gentage det lidt højere?
        Æblerne er modne nu, så vi skal have plukket dem, inden hvepsene spiser dem alle sammen.
        Den lille landsby havde hverken købmand eller skole, men der var et dejligt fællesskab.
        Jeg løb efter bussen, men chaufføren så mig ikke og kørte sin vej lige for næsen af mig.
        Bierne henter saften ude i blomsterne, og bagefter bliver den lavet om til honning inde i stadet.
        Avisen skrev, at priserne på smør er steget mere end på noget andet i indkøbskurven.
        Vi lejede et sommerhus ved Vesterhavet og tilbragte aftenerne med at spille kort.
        Eleverne skulle skrive en stil om deres første minde, og nogle af dem blev meget rørende.
        Drengen kiggede længe på det knuste vindue og hviskede så, at det var ham, der gjorde det.
        Læg kluden i varmt vand, vrid den godt op, og tør så hylderne af en efter en.
        Hun har boet i udlandet i mange år, men drømmer stadig på dansk, siger hun selv.
        Der blev helt stille i salen, da den gamle mand rejste sig og begyndte at synge.
        Min onkel, som er landmand, siger, at der er blevet så mange regler, at han ikke længere kan huske dem.
        Uglen kan dreje hovedet næsten hele vejen rundt, fordi dens øjne sidder fast.
        Vil du have fløde i kaffen? Jeg har også noget mørk chokolade liggende i skabet.
        De spillede uafgjort, selvom hjemmeholdet havde bolden i næsten hele anden halvleg.
        For hundrede år siden blev brevene bragt ud til hest, og svaret kunne tage flere uger.
        Jeg bliver nødt til at gå nu, men lad os tale videre om det i morgen efter mødet.
        Bedstemor opbevarede sine småkager i en blå dåse, som vi børn aldrig måtte åbne selv.
        Byrådet talte hele aftenen om, hvad der skal ske med den gamle havn, men de blev ikke enige.
        Tågen lå så tæt over markerne, at vi næsten ikke kunne se vejen foran os.
        Den nye bog handler om en kvinde, der forlader det hele og rejser ud for at leve alene på en ø.
        Han købte blomster til hende, fordi han havde glemt deres bryllupsdag endnu en gang.
        Køkkenet duftede af kanel og brunkager, og radioen spillede de gamle julesange.
        Tryk på den grønne knap, og vent et øjeblik, så bliver der skrevet en billet ud til dig nedenunder.
        Hesten nægtede at springe over forhindringen, og rytteren røg af og landede i mudderet.
        Jeg har lige læst, at man skal sove otte timer for at huske det, man har lært.
        Vores nabo klipper altid hæk om søndagen, lige når vi har sat os ud i haven for at få noget at spise.
        Vandet i fjorden er blevet meget renere, og nu kan man igen se fisk, der svømmer helt inde ved bredden.
        Hvis du ikke har det godt i morgen, så bliv hellere hjemme og giv mig besked, inden jeg tager af sted.
        Chaufføren bremsede hårdt op for et rådyr, som pludselig løb ud foran bilen.
        Det tog mig flere år at indse, at min far faktisk havde haft ret hele tiden.
        Skuespilleren glemte sine replikker, men publikum klappede alligevel af ham bagefter.
        På loftet lå der en kuffert med billeder af mennesker, som jeg aldrig havde set eller hørt noget om.
        De fleste af os spiser for lidt grønt, selvom vi udmærket ved, at det er sundt.
        Min datter spurgte mig, hvorfor himlen er blå, og jeg vidste ikke, hvad jeg skulle svare hende.
        Vi sad rundt om bålet og fortalte historier, indtil der ikke var mere brænde, og nogle af os frøs.
        Hun vandt guld i svømning, da hun var atten, og siden blev hun træner for nogle af de yngste piger.
        Kære alle, vil I ikke nok huske at tømme opvaskemaskinen, når I kan se, at den er blevet færdig?
        Efteråret er kommet tidligt i år, og haven er allerede fyldt med visne blade.
        """
}
